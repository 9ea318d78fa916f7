// a question -> stories, best first: what has its words and what is near it in meaning, each ranked by itself, then joined (RRF).
import { openEmbedder, type EmbedderContext } from '../embedder/open-embedder.ts';
import type { Queryable } from '../db.ts';
import { TemporaryError } from '../errors.ts';
import { innerProduct } from '../math/vectors.ts';
import {
  foundPassages,
  hasFilters,
  openItems,
  textHits,
  vectorsOfPassages,
  type FoundPassage,
  type Passage,
  type SearchFilters,
} from '../store/search-hits.ts';
import { askWords, type Question } from './ask-words.ts';
import { fuseRanks } from './fuse-ranks.ts';
import type { SearchIndex } from './search-index.ts';
import { signsOf, type Signatures } from './signatures.ts';

/** A story, or an item that is in none, by the passage of it that answers best. */
export interface FoundStory extends FoundPassage {
  /** False: it is near in meaning and has not all the words. */
  hasWords: boolean;
}

export interface Found {
  stories: FoundStory[];
  question: Question;
}

/** Of each list; farther down, ranks say little. */
const ranked = 200;
/** Of the nearest by their signs, so many are looked at by their vectors. */
const compared = 100;
/** Where the filters leave no more items than these, only they are compared; where they leave more, so many of the nearest are asked. */
const mostOpen = 5_000;
/** With fewer than a page of texts that have every word, those follow that lack one. */
const few = 10;
/** Below, two texts are near by chance: see docs/search.md. */
const leastLikeness = 0.25;

/** Everything that a question finds, 300 passages at most. Before the first vectors there is nothing to find. */
export async function search(
  context: EmbedderContext,
  index: SearchIndex,
  { text, filters, by = 'both' }: { text: string; filters: SearchFilters; by?: 'both' | 'words' | 'meaning' },
): Promise<Found> {
  const { db } = context;
  const ready = await index.upToDate(db);
  const question = await askWords(db, text, ready?.configs ?? ['simple']);
  if (!ready) return { stories: [], question };
  const hasWords = by === 'meaning' ? [] : await passagesWithWords(context, question, filters);
  const near = by === 'words' ? [] : await passagesNear(context, { text, filters, ...ready });
  const passages = await foundPassages(db, uniquePassages([...hasWords, ...near]));
  return { stories: joinLists(passages, { hasWords, near }), question };
}

async function passagesWithWords(
  { db }: EmbedderContext,
  { all, allButOne }: Question,
  filters: SearchFilters,
): Promise<Passage[]> {
  if (all === undefined && allButOne === undefined) return [];
  const ask = (question: string, column: 'names' | 'words') =>
    textHits(db, { question, column, filters, limit: ranked });
  const inNames = all === undefined ? [] : await ask(all, 'names');
  // A common word is in the titles of more than is shown; then nobody reads through all texts that have it.
  const exact = inNames.length >= ranked || all === undefined ? inNames : await ask(all, 'words');
  if (exact.length >= few || allButOne === undefined) return exact;
  return uniquePassages([...exact, ...(await ask(allButOne, 'names')), ...(await ask(allButOne, 'words'))]).slice(
    0,
    ranked,
  );
}

async function passagesNear(
  context: EmbedderContext,
  { text, filters, model, signatures }: { text: string; filters: SearchFilters; model: string; signatures: Signatures },
): Promise<Passage[]> {
  const { db } = context;
  // After an update the vectors in use may be of another word table; until they are made anew, words are all there is.
  const embedder = await openEmbedder(context).catch((error: unknown) => {
    if (!(error instanceof TemporaryError)) throw error;
  });
  if (embedder?.name !== model) return [];
  const [asked] = await embedder.embed([text]);
  const passages = await nearestPassages(db, { signs: signsOf(asked!), filters, signatures });
  const vectors = await vectorsOfPassages(db, model, passages);
  return passages
    .map((passage, at) => ({ passage, likeness: vectors[at] ? innerProduct(asked!, vectors[at]) : -1 }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
    .map(({ passage }) => passage);
}

/** The passages whose signs differ least, of those that pass the filters. */
async function nearestPassages(
  db: Queryable,
  { signs, filters, signatures }: { signs: Uint8Array; filters: SearchFilters; signatures: Signatures },
): Promise<Passage[]> {
  const passageOf = (key: string): Passage => ({
    itemId: itemOf(key),
    segment: Number(key.slice(key.indexOf('.') + 1)),
  });
  if (!hasFilters(filters)) return signatures.nearest(signs, compared).map(passageOf);
  const open = new Set(await openItems(db, filters, { limit: mostOpen + 1 }));
  if (open.size <= mostOpen) return signatures.nearest(signs, compared, (key) => open.has(itemOf(key))).map(passageOf);
  const near = signatures.nearest(signs, mostOpen).map(passageOf);
  const among = near.map(({ itemId }) => itemId);
  const passed = new Set(await openItems(db, filters, { among, limit: mostOpen }));
  return near.filter(({ itemId }) => passed.has(itemId)).slice(0, compared);
}

function itemOf(key: string): number {
  return Number(key.slice(0, key.indexOf('.')));
}

function joinLists(
  passages: readonly FoundPassage[],
  lists: { hasWords: readonly Passage[]; near: readonly Passage[] },
): FoundStory[] {
  const byKey = new Map(passages.map((passage) => [keyOf(passage), passage]));
  const storiesOf = (list: readonly Passage[]): Map<string, FoundPassage> => {
    const best = new Map<string, FoundPassage>();
    for (const passage of list.map((one) => byKey.get(keyOf(one)))) {
      if (!passage) continue;
      const story = passage.storyId === null ? `item ${passage.itemId}` : `story ${passage.storyId}`;
      if (!best.has(story)) best.set(story, passage);
    }
    return best;
  };
  const [worded, near] = [storiesOf(lists.hasWords), storiesOf(lists.near)];
  return fuseRanks([[...worded.keys()], [...near.keys()]]).map((story) => ({
    ...(worded.get(story) ?? near.get(story)!),
    hasWords: worded.has(story),
  }));
}

function keyOf({ itemId, segment }: Passage): string {
  return `${itemId}.${segment}`;
}

function uniquePassages(passages: readonly Passage[]): Passage[] {
  return [...new Map(passages.map((passage) => [keyOf(passage), passage])).values()];
}
