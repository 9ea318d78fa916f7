// a question -> stories, best first: what has its words and what is near it in meaning, each ranked by itself, then joined (RRF).
import { openSet, type EmbedderContext } from '../embedder/open-embedder.ts';
import type { Database } from '../db.ts';
import { TemporaryError } from '../errors.ts';
import { innerProduct } from '../math/vectors.ts';
import {
  foundPassages,
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
import { signsOf } from './signatures.ts';

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
const ranked = 120;
/** Of the nearest by their signs, so many are looked at by their vectors. */
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
  if (!ready) return { stories: [], question: asked };
  const { kind, sourceId, year } = filters;
  const filter = { kind, sourceId, year, items: await index.itemsOf(db, filters) };
  // Side by side: the signs are compared here while the database reads words.
  const [worded, near] = await Promise.all([
    by === 'meaning'
      ? { question: asked, passages: [] }
      : passagesWithWords(db, asked, { filter, configs: ready.configs }),
    by === 'words' ? [] : passagesNear(context, ready, { text, filter }),
  ]);
  const passages = await foundPassages(db, uniquePassages([...worded.passages, ...near]));
  return { stories: joinLists(passages, { hasWords: worded.passages, near }), question: worded.question };
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
  { set, signatures }: ReadyIndex,
  { text, filter }: { text: string; filter: RowFilter },
): Promise<Passage[]> {
  const { db } = context;
  // After an update the vectors in use may be of another word table; until they are made anew, words are all there is.
  const embedder = await openSet(context, set).catch((error: unknown) => {
    if (!(error instanceof TemporaryError)) throw error;
  });
  const [asked] = (await embedder?.embed([text])) ?? [];
  if (!asked) return [];
  const passages = signatures.nearest(signsOf(asked), compared, filter);
  const vectors = await vectorsOfPassages(db, set.model, passages);
  return passages
    .map((passage, at) => ({ passage, likeness: vectors[at] ? innerProduct(asked, vectors[at]) : -1 }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness)
    .map(({ passage }) => passage);
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
