// Content of an issue -> a ranking of it in a thread, which is provided with inputs from the tables as it needs them.
import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { explorationOutcomes } from '../../core/store/explorations.ts';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import { pooledCards, pooledStories } from '../../core/store/issue-pool.ts';
import { rankModelInUse, rankModelState } from '../../core/store/rank-models.ts';
import { ruleStories } from '../../core/store/rules.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { currentTaste, storiesChosenBy, storiesToTaste } from '../../core/store/tastes.ts';
import { openEmbedder } from '../../core/embedder/open-embedder.ts';
import { loadTexts } from './load-stories.ts';
import type { MissingInputs, IssueFacts, RankedCard, Inputs } from './issue-ranking.ts';
import type { ThreadRanking } from './rank-in-thread.ts';
import { tastePrior, tasteOf } from './taste.ts';
import { dayMs } from '../../core/time.ts';

/** After that long, the inputs of the thread are read from the tables again. */
const holdsMs = 600_000;

/** Opens rankings; the shards of an issue that follow each other share one, as long as model and vectors are the same. */
export function createRankings(
  house: House,
): (issue: { issueId: number; content: IssueContent; contentHash: string }) => Promise<ThreadRanking> {
  let last: { identity: string; since: number; ranking: ThreadRanking } | undefined;
  return async ({ issueId, content, contentHash }) => {
    const { name } = await openEmbedder(house);
    const modelId = await rankModelInUse(house.db);
    const identity = `${contentHash} ${modelId} ${name}`;
    const since = house.now().getTime();
    if (last?.identity !== identity || since - last.since > holdsMs)
      last = { identity, since, ranking: openRanking(house, { issueId, content, modelId, vectorSet: name }) };
    return last.ranking;
  };
}

interface Ranked {
  issueId: number;
  content: IssueContent;
  modelId: number | undefined;
  vectorSet: string;
}

function openRanking(house: House, ranked: Ranked): ThreadRanking {
  const { db } = house;
  const { vectorSet } = ranked;
  let cards: RankedCard[] | undefined;
  async function load({ issue: opening, model, rules, interests = [], storyIds = [] }: MissingInputs): Promise<Inputs> {
    const inputs: Inputs = {};
    cards ??= await rankedCards(db, ranked);
    if (opening) inputs.issue = await openingOf(house, { ...ranked, cards });
    if (model !== undefined) inputs.model = (await rankModelState(db, model)) ?? null;
    if (rules) inputs.rules = await inShares(cards, (some) => ruleStories(db, some));
    if (interests.length > 0) {
      const vectors = await (await openEmbedder(house)).embed(interests);
      inputs.interests = new Map(interests.map((words, at) => [words, vectors[at]!]));
    }
    if (storyIds.length > 0) {
      const found = await loadTexts(db, { storyIds, model: vectorSet });
      inputs.stories = new Map(storyIds.map((storyId) => [storyId, found.get(storyId)]));
    }
    return inputs;
  }
  return { key: randomUUID(), load };
}

/** Of a week's pool so many are read in some 20 ms of the embedded database. */
const share = 500;

async function inShares<Result>(
  stories: readonly { storyId: number }[],
  load: (storyIds: number[]) => Promise<Result[]>,
): Promise<Result[]> {
  const all: Result[] = [];
  for (let start = 0; start < stories.length; start += share)
    all.push(...(await load(stories.slice(start, start + share).map(({ storyId }) => storyId))));
  return all;
}

/** All that may be chosen: what the curator prepared, then the pool, whose cards are held to their hashes. */
async function rankedCards(db: Queryable, { issueId, content }: Ranked): Promise<RankedCard[]> {
  const pooled = content.pool ? await pooledStories(db, issueId) : [];
  const load = async (some: number[]): Promise<RankedCard[]> => (await pooledCards(db, issueId, some)).map(toRanked);
  return [...content.cards.map(toRanked), ...(await inShares(pooled.map((storyId) => ({ storyId })), load))]; // prettier-ignore
}

function toRanked({ storyId, role, section, topic, title, summary, authors, source }: Card): RankedCard {
  return { storyId, role, section, topic, title, summary, authors, source };
}

/** Half a year ago people wanted other things. */
const exploredDays = 182;

async function openingOf(
  house: House,
  { issueId, content, cards, modelId, vectorSet }: Ranked & { cards: RankedCard[] },
): Promise<IssueFacts> {
  const now = house.now();
  const poolIds = cards.filter((card) => card.role === 'pool').map((card) => card.storyId);
  const since = new Date(now.getTime() - exploredDays * dayMs);
  return {
    issueNumber: content.number,
    cards,
    modelId,
    vectorSet,
    now,
    chosenByEditors: await storiesChosenBy(house.db, issueId),
    taste: await loadTaste(house, poolIds),
    outcomes: await explorationOutcomes(house.db, since),
    asksPairs: (await loadSettings(house.db)).asksPairs,
  };
}

/** What the curators' taste says of each story of the pool; undefined before one was learned. */
async function loadTaste({ db, now }: House, storyIds: readonly number[]): Promise<Float64Array | undefined> {
  const taste = await currentTaste(db);
  if (!taste) return undefined;
  const tasted = await inShares(storyIds.map((storyId) => ({ storyId })), (some) => storiesToTaste(db, { storyIds: some, now: now() })); // prettier-ignore
  const stories = new Map(tasted.map((story) => [story.storyId, story]));
  const worths = storyIds.map((storyId) => stories.get(storyId)).map((story) => story && tasteOf(story, taste.weights));
  const known = worths.filter((worth) => worth !== undefined);
  // A story that is gone by now is as good as the average one.
  const average = known.reduce((sum, worth) => sum + worth, 0) / (known.length || 1);
  return tastePrior(worths.map((worth) => worth ?? average));
}
