// Content of an issue -> a ranking of it in a thread, which is told from the tables what it asks for.
import { randomUUID } from 'node:crypto';
import type { House } from '../../core/house.ts';
import { explorationOutcomes } from '../../core/store/explorations.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { rankModelInUse, rankModelState } from '../../core/store/rank-models.ts';
import { ruleStories } from '../../core/store/rules.ts';
import { currentTaste, storiesToTaste } from '../../core/store/tastes.ts';
import { openEmbedder } from '../../core/embedder/open-embedder.ts';
import { loadTexts } from './load-stories.ts';
import type { Lacks, Opening, Told } from './open-issue.ts';
import type { ThreadRanking } from './rank-in-thread.ts';
import { tastePrior, worthOf } from './taste.ts';

/** After that long, what the thread was told is read from the tables again. */
const holdsMs = 600_000;

/** Opens rankings; the shards of an issue that follow each other share one, as long as model and vectors are the same. */
export function openRankings(
  house: House,
): (issue: { content: IssueContent; contentHash: string }) => Promise<ThreadRanking> {
  // prettier-ignore
  let last: { identity: string; since: number; ranking: ThreadRanking } | undefined;
  return async ({ content, contentHash }) => {
    const { name } = await openEmbedder(house);
    const modelId = await rankModelInUse(house.db);
    const identity = `${contentHash} ${modelId} ${name}`;
    const since = house.now().getTime();
    if (last?.identity !== identity || since - last.since > holdsMs)
      last = { identity, since, ranking: openRanking(house, { content, modelId, vectorSet: name }) };
    return last.ranking;
  };
}

interface Ranked {
  content: IssueContent;
  modelId: number | undefined;
  vectorSet: string;
}

function openRanking(house: House, ranked: Ranked): ThreadRanking {
  const { db } = house;
  const { content, vectorSet } = ranked;
  async function tell({ opening, model, rules, interests = [], storyIds = [] }: Lacks): Promise<Told> {
    const told: Told = {};
    if (opening) told.opening = await openingOf(house, ranked);
    if (model !== undefined) told.model = (await rankModelState(db, model)) ?? null;
    if (rules) told.rules = await ruleStories(db, content.cards.map((card) => card.storyId)); // prettier-ignore
    if (interests.length > 0) {
      const vectors = await (await openEmbedder(house)).embed(interests);
      told.interests = new Map(interests.map((words, place) => [words, vectors[place]!]));
    }
    if (storyIds.length > 0) {
      const found = await loadTexts(db, { storyIds, model: vectorSet });
      told.stories = new Map(storyIds.map((storyId) => [storyId, found.get(storyId)]));
    }
    return told;
  }
  return { key: randomUUID(), tell };
}

/** Half a year ago people wanted other things. */
const exploredDays = 182;

async function openingOf(house: House, { content, modelId, vectorSet }: Ranked): Promise<Opening> {
  const { cards, number } = content;
  const now = house.now();
  const poolIds = cards.filter((card) => card.role === 'pool').map((card) => card.storyId);
  const since = new Date(now.getTime() - exploredDays * 86_400_000);
  return {
    issueNumber: number,
    cards,
    modelId,
    vectorSet,
    now,
    taste: await loadTaste(house, poolIds),
    outcomes: await explorationOutcomes(house.db, since),
  };
}

/** What the curators' taste says of each story of the pool; undefined before one was learned. */
async function loadTaste({ db, now }: House, storyIds: readonly number[]): Promise<Float64Array | undefined> {
  const taste = await currentTaste(db);
  if (!taste) return undefined;
  const stories = new Map((await storiesToTaste(db, { storyIds, now: now() })).map((story) => [story.storyId, story]));
  const worths = storyIds.map((storyId) => stories.get(storyId)).map((story) => story && worthOf(story, taste.weights));
  const known = worths.filter((worth) => worth !== undefined);
  // A story that is gone by now is as good as the average one.
  const average = known.reduce((sum, worth) => sum + worth, 0) / (known.length || 1);
  return tastePrior(worths.map((worth) => worth ?? average));
}
