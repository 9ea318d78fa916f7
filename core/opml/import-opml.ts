// Sources that a list names (OPML 2.0) -> the store.
import type { Queryable } from '../db.ts';
import { addSources, listSources } from '../store/sources.ts';
import { spellingOf, type OpmlList } from './read-opml.ts';

/** What came of an import: how many were new, how many were here already, what could not be read, and what the list has twice. */
export interface Imported extends Omit<OpmlList, 'sources'> {
  added: number;
  known: number;
}

/** Adds the sources of a list that are not here yet, in one statement; they are due at once. */
export async function importOpml(db: Queryable, { sources, ...rest }: OpmlList): Promise<Imported> {
  const here = new Set((await listSources(db)).map(({ url }) => spellingOf(url)));
  const fresh = sources.filter(({ url }) => !here.has(spellingOf(url)));
  const added = fresh.length > 0 ? await addSources(db, fresh) : 0;
  return { added, known: sources.length - added, ...rest };
}
