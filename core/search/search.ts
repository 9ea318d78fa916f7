// a question -> stories, best first: what it names by number or address, then what has its words and what is near it in meaning, each ranked by itself, then joined (RRF).
import { keyOf } from '../addresses/keys.ts';
import { keysOfLine } from '../addresses/keys-of-line.ts';
import { openSet, type EmbedderContext } from '../embedder/open-embedder.ts';
import type { Database } from '../db.ts';
import { TemporaryError } from '../errors.ts';
import { oneLine } from '../one-line.ts';
import { innerProduct } from '../math/vectors.ts';
import {
  foundPassages,
  itemsOfKeys,
  textHits,
  vectorsOfPassages,
  type FoundPassage,
  type Passage,
  type RowFilter,
  type SearchFilters,
} from '../store/search-hits.ts';
import { askWords, respell, type Question } from './ask-words.ts';
import { fuseRanks } from './fuse-ranks.ts';
import type { ReadyIndex, SearchIndex } from './search-index.ts';
import { binarise } from './binary-index.ts';

/** A story, or an item that is in none, by the passage of it that answers best. */
export interface FoundStory extends FoundPassage {
  /** False: it is near in meaning and has not all the words. */
  hasWords: boolean;
  /** True: the question is its number or its address. */
  isNamed: boolean;
}

export interface Found {
  stories: FoundStory[];
  question: Question;
}

/** Of each list; farther down, ranks say little. */
const ranked = 120;
/** Of the nearest by their binary vectors, so many are looked at by their vectors. */
const compared = 80;
/** With fewer than a page of texts that have every word, those follow that lack one. */
const few = 10;
/** Below, two texts are near by chance: see docs/search.md. */
const leastLikeness = 0.25;

/** Everything that a question finds, 200 passages at most. Before the first vectors there is nothing to find. */
export async function search(
  context: EmbedderContext,
  index: SearchIndex,
  { text, filters, by = 'both' }: { text: string; filters: SearchFilters; by?: 'both' | 'words' | 'meaning' },
): Promise<Found> {
  const { db } = context;
  const ready = await index.upToDate(db);
  const asked = await askWords(db, text, ready?.configs ?? ['simple']);
  const { kind, sourceId, year } = filters;
  const filter = { kind, sourceId, year, items: await index.itemsOf(db, filters) };
  const named = await foundPassages(db, await passagesNamed(db, text, filter));
  if (!ready) return { stories: joinLists(named, { named, hasWords: [], near: [] }), question: asked };
  if (named.length > 0) {
    // Digits are no words that could be spelled otherwise, nor near to anything; a text that has them all speaks of it.
    const hasWords = asked.all === undefined ? [] : await answersTo(db, asked.all, filter);
    const passages = [...named, ...(await foundPassages(db, hasWords))];
    return { stories: joinLists(passages, { named, hasWords, near: [] }), question: asked };
  }
  // Side by side: the bits are compared here while the database reads words.
  const [worded, near] = await Promise.all([
    by === 'meaning'
      ? { question: asked, passages: [] }
      : passagesWithWords(db, asked, { filter, configs: ready.configs }),
    by === 'words' ? [] : passagesNear(context, ready, { text, filter }),
  ]);
  const passages = await foundPassages(db, uniquePassages([...worded.passages, ...near]));
  return { stories: joinLists(passages, { named, hasWords: worded.passages, near }), question: worded.question };
}

/** What goes by the number or the address that the question is or has in it. */
async function passagesNamed(db: Database, text: string, filter: RowFilter): Promise<Passage[]> {
  const line = oneLine(text);
  // Browsers show addresses without what they begin with.
  const address =
    line.includes('/') && !line.includes('://') && !line.includes(' ') ? keyOf(`https://${line}`) : undefined;
  const keys = [...keysOfLine(line).flat(), ...(address === undefined ? [] : [address])];
  return keys.length === 0 ? [] : itemsOfKeys(db, keys, filter);
}

async function passagesWithWords(
  db: Database,
  asked: Question,
  { filter, configs }: { filter: RowFilter; configs: readonly string[] },
): Promise<{ question: Question; passages: Passage[] }> {
  const exact = asked.all === undefined ? [] : await answersTo(db, asked.all, filter);
  // Words that stand together in a text need not be looked up one by one.
  const question = exact.length > 0 ? asked : await respell(db, asked, configs);
  const found = question.all === asked.all ? exact : question.all === undefined ? [] : await answersTo(db, question.all, filter); // prettier-ignore
  if (found.length >= few || question.allButOne === undefined) return { question, passages: found };
  const most = await answersTo(db, question.allButOne, filter);
  return { question, passages: uniquePassages([...found, ...most]).slice(0, ranked) };
}

/** Titles first. A common word is in the titles of more than is shown; then nobody reads through all texts that have it. */
async function answersTo(db: Database, question: string, filter: RowFilter): Promise<Passage[]> {
  const inNames = await textHits(db, { question, column: 'names', filter, limit: ranked });
  if (inNames.length >= ranked) return inNames;
  return textHits(db, { question, column: 'words', filter, limit: ranked });
}

async function passagesNear(
  context: EmbedderContext,
  { set, index }: ReadyIndex,
  { text, filter }: { text: string; filter: RowFilter },
): Promise<Passage[]> {
  const { db } = context;
  // After an update the vectors in use may be of another word table; until they are made anew, words are all there is.
  const embedder = await openSet(context, set).catch((error: unknown) => {
    if (!(error instanceof TemporaryError)) throw error;
  });
  const [asked] = (await embedder?.embed([text])) ?? [];
  if (!asked) return [];
  const passages = index.nearest(binarise(asked), compared, filter);
  const vectors = await vectorsOfPassages(db, set.model, passages);
  return passages
    .map((passage, at) => ({ passage, likeness: vectors[at] ? innerProduct(asked, vectors[at]) : -1 }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
    .map(({ passage }) => passage);
}

function joinLists(
  passages: readonly FoundPassage[],
  lists: Record<'named' | 'hasWords' | 'near', readonly Passage[]>,
): FoundStory[] {
  const byKey = new Map(passages.map((passage) => [placeOf(passage), passage]));
  const storiesOf = (list: readonly Passage[]): Map<string, FoundPassage> => {
    const best = new Map<string, FoundPassage>();
    for (const passage of list.map((one) => byKey.get(placeOf(one)))) {
      if (!passage) continue;
      const story = passage.storyId === null ? `item ${passage.itemId}` : `story ${passage.storyId}`;
      if (!best.has(story)) best.set(story, passage);
    }
    return best;
  };
  const [named, worded, near] = [storiesOf(lists.named), storiesOf(lists.hasWords), storiesOf(lists.near)];
  const ranks = fuseRanks([[...worded.keys()], [...near.keys()]]);
  return [...new Set([...named.keys(), ...ranks])].map((story) => ({
    ...(named.get(story) ?? worded.get(story) ?? near.get(story)!),
    hasWords: named.has(story) || worded.has(story),
    isNamed: named.has(story),
  }));
}

function placeOf({ itemId, segment }: Passage): string {
  return `${itemId}.${segment}`;
}

function uniquePassages(passages: readonly Passage[]): Passage[] {
  return [...new Map(passages.map((passage) => [placeOf(passage), passage])).values()];
}
