// Content of an issue -> a ranking of it: its stories loaded once, the wishes of each batch of readers as they come.
import { setImmediate } from 'node:timers/promises';
import type { House } from '../../core/house.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { explorationOutcomes } from '../../core/store/explorations.ts';
import { ruleStories } from '../../core/store/rules.ts';
import { currentTaste, storiesToTaste } from '../../core/store/tastes.ts';
import type { Embedder } from '../embed/embedder.ts';
import { openEmbedder } from '../embed/open-embedder.ts';
import type { Exploration } from './explore.ts';
import { neighbourIds } from './expand-profile.ts';
import { loadStories, type LoadedStory } from './load-stories.ts';
import type { OpenModel } from './model/rank-model.ts';
import { openRankModel } from './open-rank-model.ts';
import { meanVector, preparePool, type Pool, type PoolStory } from './prepare-pool.ts';
import { buildProfile, keyTerms, type KnownStory, type Lookup } from './profile.ts';
import { ranker, rankReaders } from './rank-readers.ts';
import { openRuling } from './rules.ts';
import { tastePrior, worthOf } from './taste.ts';
import { tokenize } from './tokenize.ts';

/** About 20 ms of work with 15 facets each over 400 stories; then pages are answered before the next. */
const readersAtOnce = 20;

export interface Ranking {
  /** The ranker, and the version of the model when there is one: kept beside the picks. */
  name: string;
  /** The picks of these readers; loads only what no earlier batch asked for. */
  rank(readers: readonly RankableReader[]): Promise<ReaderPicks[]>;
}

/** Loads the issue's pool and prepares it for any number of batches. */
export async function openRanking(house: House, content: IssueContent): Promise<Ranking> {
  const { db } = house;
  const embedder = await openEmbedder(house);
  const trained = await openRankModel(db);
  const pool = await openPool(house, { content, model: trained?.open, vectorsOf: embedder.name });
  const editorPicks = content.cards.filter((card) => card.role === 'pick').map((card) => card.storyId);
  // Most readers have no rules, and what rules look at is much text.
  let ruling: ReturnType<typeof openRuling> | undefined;
  const loadRuling = async () =>
    openRuling(content.cards, await ruleStories(db, content.cards.map((card) => card.storyId))); // prettier-ignore
  const exploration = await openExploration(house, content);
  const { lookup, learn } = openLookup(house, { pool, embedder });
  return {
    name: trained ? `${ranker}, model ${trained.id}` : ranker,
    async rank(readers) {
      if (readers.some(({ rules }) => rules.length > 0)) ruling ??= await loadRuling();
      const rulingOf = ruling && { rulingOf: ruling };
      await learn(readers);
      const picks: ReaderPicks[] = [];
      for (let start = 0; start < readers.length; start += readersAtOnce) {
        const some = readers.slice(start, start + readersAtOnce);
        picks.push(...(await rankReaders(some, { pool, editorPicks, lookup, exploration, ...rulingOf })));
        await setImmediate();
      }
      return picks;
    },
  };
}

/** Half a year ago people wanted other things. */
const exploredDays = 182;

async function openExploration({ db, now }: House, { number, cards }: IssueContent): Promise<Exploration> {
  const sections = new Map(cards.map(({ storyId, section }) => [storyId, section]));
  const since = new Date(now().getTime() - exploredDays * 86_400_000);
  return {
    issueNumber: number,
    sectionOf: (storyId) => sections.get(storyId),
    outcomes: await explorationOutcomes(db, since),
  };
}

interface PoolSource {
  content: IssueContent;
  model: OpenModel | undefined;
  vectorsOf: string;
}

async function openPool(house: House, { content, model, vectorsOf }: PoolSource): Promise<Pool> {
  const cards = content.cards.filter((card) => card.role === 'pool');
  const storyIds = cards.map((card) => card.storyId);
  const loaded = await loadStories(house.db, { storyIds, model: vectorsOf });
  const stories = cards.map((card): PoolStory => {
    const story = loaded.get(card.storyId);
    // What the curator wrote counts too, and alone when the items are gone by now.
    const terms = [...tokenize([card.title, ...card.summary].join('\n')), ...(story?.terms ?? [])];
    return { storyId: card.storyId, terms, vectors: story?.vectors ?? [] };
  });
  return preparePool(stories, { model, taste: await loadTaste(house, storyIds) });
}

/** What interests and stories mean; `learn` loads what these readers bring that no earlier ones did. */
function openLookup({ db, now }: House, { pool, embedder }: { pool: Pool; embedder: Embedder }) {
  const words = new Map<string, Float32Array | undefined>();
  const stories = new Map<number, KnownStory | undefined>();
  const lookup: Lookup = {
    now: now(),
    vectorOf: (interest) => words.get(interest),
    storyOf: (storyId) => stories.get(storyId),
  };
  const loadKnown = async (storyIds: readonly number[]): Promise<void> => {
    const wanted = missing(storyIds, stories);
    const found = await loadStories(db, { storyIds: wanted, model: embedder.name });
    for (const storyId of wanted) stories.set(storyId, toKnown(found.get(storyId), pool));
  };
  const learn = async (readers: readonly RankableReader[]): Promise<void> => {
    const newWords = missing(readers.flatMap((reader) => reader.interests), words); // prettier-ignore
    const vectors = await embedder.embed(newWords);
    newWords.forEach((interest, place) => words.set(interest, vectors[place]));
    await loadKnown(readers.flatMap((reader) => reader.signals.map((signal) => signal.storyId)));
    const { model } = pool;
    if (model) await loadKnown(readers.flatMap((reader) => neighbourIds(buildProfile(reader, lookup), model)));
  };
  return { lookup, learn };
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

function missing<Key>(wanted: readonly Key[], known: ReadonlyMap<Key, unknown>): Key[] {
  return [...new Set(wanted)].filter((key) => !known.has(key));
}

function toKnown(story: LoadedStory | undefined, { index, model }: Pool): KnownStory | undefined {
  if (!story) return undefined;
  const { title, terms, vectors } = story;
  return { title, terms: keyTerms(terms, index), vector: meanVector(vectors), factors: model?.predict(terms) };
}
