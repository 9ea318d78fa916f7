// The binary vectors of all vectors in use, kept in this process: read once, then what changed since.
import type { Database } from '../db.ts';
import { changedBinaryTexts, indexedConfigs, searchState } from '../store/search-texts.ts';
import type { VectorSet } from '../store/vector-sets.ts';
import { createFilterItems } from './filter-items.ts';
import { createBinaryIndex, type BinaryIndex } from './binary-index.ts';

export interface ReadyIndex {
  set: Pick<VectorSet, 'model' | 'embedder'>;
  index: BinaryIndex;
  configs: string[];
}

export interface SearchIndex {
  /** Brings it up to date and hands it out. Who asks while it is being read waits for that. */
  upToDate(db: Database): Promise<ReadyIndex | undefined>;
  /** The items of a topic, a section or both; undefined when neither is asked for. */
  itemsOf: ReturnType<typeof createFilterItems>;
}

/** Some 15 ms of the embedded database. */
const slice = 5_000;
/** Changes are numbered before they are committed, so one may come to light behind others; so many are looked at twice. */
const overlap = 200;

/** An index that has read nothing yet; one a process is enough. */
export function createSearchIndex(): SearchIndex {
  let model = '';
  let seen = 0;
  let index = createBinaryIndex();
  let configs = ['simple'];
  let reading: Promise<void> | undefined;

  async function read(db: Database, inUse: string, last: number): Promise<void> {
    if (inUse !== model) {
      model = inUse;
      seen = 0;
      index = createBinaryIndex();
    }
    if (last === seen) return;
    let from = Math.max(0, seen - overlap);
    for (let more = true; more;) {
      const changed = await changedBinaryTexts(db, model, { change: from, limit: slice });
      for (const text of changed.texts) index.set(text);
      ({ change: from, more } = changed);
    }
    configs = [...new Set(['simple', ...(await indexedConfigs(db))])];
    seen = Math.max(seen, from);
  }

  return {
    itemsOf: createFilterItems(),
    async upToDate(db) {
      const state = await searchState(db);
      if (!state) return undefined;
      reading ??= read(db, state.model, state.change).finally(() => (reading = undefined));
      await reading;
      return { set: { model, embedder: state.embedder }, index, configs };
    },
  };
}
