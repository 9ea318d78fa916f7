// a question -> stories, best first: what has its words and what is near it in meaning, each ranked by itself, then joined (RRF).
import { openEmbedder, type EmbedderContext } from '../embedder/open-embedder.ts';
import { TemporaryError } from '../errors.ts';
import { innerProduct } from '../math/vectors.ts';
import {
  foundPlaces,
  openItems,
  textHits,
  vectorsOfPlaces,
  type FoundPlace,
  type Place,
  type SearchFilters,
} from '../store/search-hits.ts';
import { askWords, type Question } from './ask-words.ts';
import { fuseRanks } from './fuse-ranks.ts';
import type { SearchIndex } from './search-index.ts';
import { signsOf, type Signatures } from './signatures.ts';

/** A story, or an item that is in none, by the place of it that answers best. */
export interface FoundStory extends FoundPlace {
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
/** So few are compared one by one; of more, so many of the nearest are kept before the filters. */
const mostOpen = 5_000;
/** With fewer than a page of texts that have every word, those follow that lack one. */
const few = 10;
/** Below, two texts are near by chance: see docs/search.md. */
const leastLikeness = 0.25;

/** Everything that a question finds, 300 places at most. Before the first vectors there is nothing to find. */
export async function search(
  context: EmbedderContext,
  index: SearchIndex,
  { text, filters, by = 'both' }: { text: string; filters: SearchFilters; by?: 'both' | 'words' | 'meaning' },
): Promise<Found> {
  const { db } = context;
  const ready = await index.upToDate(db);
  const question = await askWords(db, text, ready?.configs ?? ['simple']);
  if (!ready) return { stories: [], question };
  const hasWords = by === 'meaning' ? [] : await placesWithWords(context, question, filters);
  const near = by === 'words' ? [] : await placesNear(context, { text, filters, ...ready });
  const places = await foundPlaces(db, uniquePlaces([...hasWords, ...near]));
  return { stories: joinLists(places, { hasWords, near }), question };
}

async function placesWithWords(
  { db }: EmbedderContext,
  { all, allButOne }: Question,
  filters: SearchFilters,
): Promise<Place[]> {
  if (all === undefined && allButOne === undefined) return [];
  const ask = (question: string, column: 'names' | 'words') =>
    textHits(db, { question, column, filters, limit: ranked });
  const inNames = all === undefined ? [] : await ask(all, 'names');
  // A common word is in the titles of more than is shown; then nobody reads through all texts that have it.
  const exact = inNames.length >= ranked || all === undefined ? inNames : await ask(all, 'words');
  if (exact.length >= few || allButOne === undefined) return exact;
  return uniquePlaces([...exact, ...(await ask(allButOne, 'names')), ...(await ask(allButOne, 'words'))]).slice(
    0,
    ranked,
  );
}

async function placesNear(
  context: EmbedderContext,
  { text, filters, model, signatures }: { text: string; filters: SearchFilters; model: string; signatures: Signatures },
): Promise<Place[]> {
  const { db } = context;
  // After an update the vectors in use may be of another word table; until they are made anew, words are all there is.
  const embedder = await openEmbedder(context).catch((error: unknown) => {
    if (!(error instanceof TemporaryError)) throw error;
  });
  if (embedder?.name !== model) return [];
  const [asked] = await embedder.embed([text]);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const open = isFiltered ? await openItems(db, filters, mostOpen + 1) : [];
  const allowed = new Set(open);
  const isFew = isFiltered && open.length <= mostOpen;
  const keys = signatures.nearest(
    signsOf(asked!),
    compared,
    isFew || isFiltered ? (key) => allowed.has(itemOf(key)) : undefined,
  );
  const places = keys.map((key) => ({ itemId: itemOf(key), segment: Number(key.slice(key.indexOf('.') + 1)) }));
  const vectors = await vectorsOfPlaces(db, model, places);
  return places
    .map((place, at) => ({ place, likeness: vectors[at] ? innerProduct(asked!, vectors[at]) : -1 }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
    .map(({ place }) => place);
}

function itemOf(key: string): number {
  return Number(key.slice(0, key.indexOf('.')));
}

function joinLists(
  places: readonly FoundPlace[],
  lists: { hasWords: readonly Place[]; near: readonly Place[] },
): FoundStory[] {
  const byKey = new Map(places.map((place) => [keyOf(place), place]));
  const storiesOf = (list: readonly Place[]): Map<string, FoundPlace> => {
    const best = new Map<string, FoundPlace>();
    for (const place of list.map((one) => byKey.get(keyOf(one)))) {
      if (!place) continue;
      const story = place.storyId === null ? `item ${place.itemId}` : `story ${place.storyId}`;
      if (!best.has(story)) best.set(story, place);
    }
    return best;
  };
  const [worded, near] = [storiesOf(lists.hasWords), storiesOf(lists.near)];
  return fuseRanks([[...worded.keys()], [...near.keys()]]).map((story) => ({
    ...(worded.get(story) ?? near.get(story)!),
    hasWords: worded.has(story),
  }));
}

function keyOf({ itemId, segment }: Place): string {
  return `${itemId}.${segment}`;
}

function uniquePlaces(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
