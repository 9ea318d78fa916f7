// Approved issue -> a ranking of it: its stories loaded once, the wishes of each batch of readers as they come.
import type { House } from '../../core/house.ts';
import type { ApprovedIssue } from '../../core/store/issues.ts';
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { openEmbedder } from '../embed/open-embedder.ts';
import { loadStories, type LoadedStory } from './load-stories.ts';
import { meanVector, preparePool, type PoolStory } from './prepare-pool.ts';
import type { KnownStory, Lookup } from './profile.ts';
import { rankReaders } from './rank-readers.ts';
import { tokenize } from './tokenize.ts';

export interface Ranking {
  /** The picks of these readers; loads only what no earlier batch asked for. */
  rank(readers: readonly RankableReader[]): Promise<ReaderPicks[]>;
}

/** Loads the issue's pool and prepares it for any number of batches. */
export async function openRanking(house: House, { content }: ApprovedIssue): Promise<Ranking> {
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
  const words = new Map<string, Float32Array | undefined>();
  const stories = new Map<number, KnownStory | undefined>();
  const lookup: Lookup = {
    index: pool.index,
    now: now(),
    vectorOf: (interest) => words.get(interest),
    storyOf: (storyId) => stories.get(storyId),
  };

  return {
    async rank(readers) {
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
      for (const storyId of newStories) stories.set(storyId, toKnown(found.get(storyId)));
      return rankReaders(readers, { pool, editorPicks, lookup });
    },
  };
}

function missing<Key>(wanted: readonly Key[], known: ReadonlyMap<Key, unknown>): Key[] {
  return [...new Set(wanted)].filter((key) => !known.has(key));
}

function toKnown(story: LoadedStory | undefined): KnownStory | undefined {
  return story && { title: story.title, terms: story.terms, vector: meanVector(story.vectors) };
}
