// The signs of all vectors in use, kept in this process: read once, then what changed since.
import type { Queryable } from '../db.ts';
import { changedSigns, lastChange } from '../store/search-texts.ts';
import { setInUse } from '../store/vector-sets.ts';
import { openSignatures, type Signatures } from './signatures.ts';

export interface SearchIndex {
  /** Brings it up to date and hands it out. Who asks while it is being read waits for that. */
  upToDate(db: Queryable): Promise<{ model: string; signatures: Signatures; configs: string[] } | undefined>;
}

/** Some 10 ms of the embedded database. */
const slice = 2_000;
/** Changes are numbered before they are committed, so one may come to light behind others; so many are looked at twice. */
const overlap = 200;

/** An index that has read nothing yet; one a process is enough. */
export function openSearchIndex(): SearchIndex {
  let model = '';
  let seen = 0;
  let signatures = openSignatures();
  let configs = new Set<string>(['simple']);
  let reading: Promise<void> | undefined;

  async function read(db: Queryable, inUse: string): Promise<void> {
    if (inUse !== model) {
      model = inUse;
      seen = 0;
      signatures = openSignatures();
      configs = new Set(['simple']);
    }
    if ((await lastChange(db)) === seen) return;
    let from = Math.max(0, seen - overlap);
    for (let count = slice; count === slice;) {
      const rows = await changedSigns(db, from, slice);
      count = rows.length;
      for (const { itemId, segment, config, model: of, signs } of rows) {
        configs.add(config);
        if (of === model) signatures.set(`${itemId}.${segment}`, signs);
      }
      from = rows.at(-1)?.change ?? from;
    }
    seen = Math.max(seen, from);
  }

  return {
    async upToDate(db) {
      const set = await setInUse(db);
      if (!set) return undefined;
      reading ??= read(db, set.model).finally(() => (reading = undefined));
      await reading;
      return { model, signatures, configs: [...configs] };
    },
  };
}
