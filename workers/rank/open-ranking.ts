// Content of an issue -> a ranking of it: its stories loaded once, the wishes of each batch of readers as they come.
import { setImmediate } from 'node:timers/promises';
import type { House } from '../../core/house.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { ruleStories } from '../../core/store/rules.ts';
import { openEmbedder } from '../embed/open-embedder.ts';
import type { Bm25Index } from './bm25.ts';
import { loadStories, type LoadedStory } from './load-stories.ts';
import { meanVector, preparePool, type PoolStory } from './prepare-pool.ts';
import { keyTerms, type KnownStory, type Lookup } from './profile.ts';
import { rankReaders } from './rank-readers.ts';
import { openRuling } from './rules.ts';
import { tokenize } from './tokenize.ts';

/** About 20 ms of work with 15 facets each over 400 stories; then pages are answered before the next. */
const readersAtOnce = 20;

export interface Ranking {
  /** The picks of these readers; loads only what no earlier batch asked for. */
  rank(readers: readonly RankableReader[]): Promise<ReaderPicks[]>;
}

/** Loads the issue's pool and prepares it for any number of batches. */
export async function openRanking(house: House, content: IssueContent): Promise<Ranking> {
  const { db, now } = house;
  const embedder = await openEmbedder(house);
  const poolCards = content.cards.filter((card) => card.role === 'pool');
  const loaded = await loadStories(db, { storyIds: poolCards.map((card) => card.storyId), model: embedder.name });
  const pool = preparePool(
    poolCards.map((card): PoolStory => {
      const story = loaded.get(card.storyId);
      // What the curator wrote counts too, and alone when the items are gone by now.
      const terms = [...tokenize([card.title, ...card.summary].join('\n')), ...(story?.terms ?? [])];
      return { storyId: card.storyId, terms, vectors: story?.vectors ?? [] };
    }),
  );
  const editorPicks = content.cards.filter((card) => card.role === 'pick').map((card) => card.storyId);
  // Most readers have no rules, and what rules look at is much text.
  let ruling: ReturnType<typeof openRuling> | undefined;
  const loadRuling = async () =>
    openRuling(content.cards, await ruleStories(db, content.cards.map((card) => card.storyId))); // prettier-ignore
  const words = new Map<string, Float32Array | undefined>();
  const stories = new Map<number, KnownStory | undefined>();
  const lookup: Lookup = {
    now: now(),
    vectorOf: (interest) => words.get(interest),
    storyOf: (storyId) => stories.get(storyId),
  };

  return {
    async rank(readers) {
      if (readers.some(({ rules }) => rules.length > 0)) ruling ??= await loadRuling();
      const rulingOf = ruling && { rulingOf: ruling };
      const newWords = missing(
        readers.flatMap((reader) => reader.interests),
        words,
      );
      const vectors = await embedder.embed(newWords);
      newWords.forEach((interest, place) => words.set(interest, vectors[place]));
      const newStories = missing(
        readers.flatMap((reader) => reader.signals.map((signal) => signal.storyId)),
        stories,
      );
      const found = await loadStories(db, { storyIds: newStories, model: embedder.name });
      for (const storyId of newStories) stories.set(storyId, toKnown(found.get(storyId), pool.index));
      const picks: ReaderPicks[] = [];
      for (let start = 0; start < readers.length; start += readersAtOnce) {
        picks.push(
          ...rankReaders(readers.slice(start, start + readersAtOnce), { pool, editorPicks, lookup, ...rulingOf }),
        );
        await setImmediate();
      }
      return picks;
    },
  };
}

function missing<Key>(wanted: readonly Key[], known: ReadonlyMap<Key, unknown>): Key[] {
  return [...new Set(wanted)].filter((key) => !known.has(key));
}

function toKnown(story: LoadedStory | undefined, index: Bm25Index): KnownStory | undefined {
  return story && { title: story.title, terms: keyTerms(story.terms, index), vector: meanVector(story.vectors) };
}
