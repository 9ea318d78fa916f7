// A question -> what is found and how it is shown, for the search page, its feeds and the API alike; the index is in memory once.
import type { House } from '../../core/house.ts';
import { createSearchIndex } from '../../core/search/search-index.ts';
import { search, type Found } from '../../core/search/search.ts';
import { storiesNear } from '../../core/search/stories-near.ts';
import { showPassages, type SearchFilters } from '../../core/store/search-hits.ts';
import type { Words } from '../../core/words.ts';
import { showFound, type ShownFound } from './show-found.ts';

export interface Finder {
  find: (text: string, filters: SearchFilters) => Promise<Found>;
  /** Stories near this one in meaning, the nearest first. */
  near: (storyId: number, among: { but: readonly number[]; count: number }) => Promise<number[]>;
  shown: (found: Found, part: { text: string; from: number; to: number; words: Words }) => Promise<ShownFound[]>;
}

/** A search takes some ten times what other pages cost. */
export const searchLimit = { max: 60, timeWindow: 60_000 };

/** Opens the index, which fills itself at the first question. */
export function createFinder(house: House): Finder {
  const index = createSearchIndex();
  return {
    async find(text, filters) {
      if (text === '')
        return { stories: [], question: { all: undefined, allButOne: undefined, words: [], taken: [], unknown: [] } };
      return search(house, index, { text, filters });
    },
    near: (storyId, { but, count }) => storiesNear(house.db, index, { storyId, but, count }),
    async shown({ stories, question }, { text, from, to, words }) {
      const part = stories.slice(from, to);
      const passages = await showPassages(house.db, part);
      const byPassage = new Map(passages.map((passage) => [`${passage.itemId}.${passage.segment}`, passage]));
      const hits = question.words.length > 0 ? question.words : [text];
      return part.flatMap((story) => {
        const passage = byPassage.get(`${story.itemId}.${story.segment}`);
        return passage ? [showFound(story, passage, { hits, timezone: house.config.TIMEZONE, words })] : [];
      });
    },
  };
}
