// A story -> the stories nearest to it in meaning, the nearest first, as the search finds what is near a question.
import type { Database } from '../db.ts';
import { leastAlike } from '../likeness.ts';
import { innerProduct } from '../math/vectors.ts';
import { foundPassages, vectorsOfPassages } from '../store/search-hits.ts';
import { headlineVectors } from '../store/vectors.ts';
import { binarise } from './binary-index.ts';
import type { SearchIndex } from './search-index.ts';

/** Of the nearest by their binary vectors, so many are looked at by their vectors: a talk has many stretches. */
const compared = 60;

/** At most `count`, none of those in `but`; none before the first vectors, and none that is alike by chance alone. */
export async function storiesNear(
  db: Database,
  index: SearchIndex,
  { storyId, but, count }: { storyId: number; but: readonly number[]; count: number },
): Promise<number[]> {
  const ready = await index.upToDate(db);
  if (!ready) return [];
  const { model } = ready.set;
  const own = (await headlineVectors(db, { model, storyIds: [storyId] })).get(storyId);
  if (!own) return [];
  const passages = ready.index.nearest(binarise(own), compared);
  const vectors = await vectorsOfPassages(db, model, passages);
  const alike = passages
    .map((passage, at) => ({ passage, likeness: vectors[at] ? innerProduct(own, vectors[at]) : -1 }))
    .filter(({ likeness }) => likeness >= leastAlike)
    .toSorted((a, b) => b.likeness - a.likeness)
    .map(({ passage }) => passage);
  const left = new Set([storyId, ...but]);
  const stories = (await foundPassages(db, alike)).flatMap(({ storyId: id }) => (id === null || left.has(id) ? [] : [id])); // prettier-ignore
  return [...new Set(stories)].slice(0, count);
}
