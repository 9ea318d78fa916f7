// Queries x pool -> each reader's best stories: by onnxruntime where it is installed, by tiles of rows elsewhere.
import type { Query } from '../pose-query.ts';
import type { PoolRows } from '../lay-rows.ts';
import type { Pool } from '../prepare-pool.ts';
import { addAt, clear } from '../sparse-sum.ts';
import type { FindCandidates } from './candidates.ts';
import { openOnnxTop } from './onnx-top.ts';
import { tiledTop } from './tiled-top.ts';

/** The indices of the best stories of one reader, best first; scores as `scorePool` gives them. */
export interface Top {
  indices: Int32Array;
  scores: Float64Array;
}

/** 128 readers against 10,000 stories are 5 MB of scores, and as much for their words. */
export const readersAtOnce = 128;
/** Sums in another order may swap neighbours at the edge; so many more are scored again. */
const margin = 8;

/**
 * The `keep` best stories of each query: whoever finds the candidates, they are scored again by the same sums and ordered
 * by them, then by index, so that both ways give the same picks.
 */
export async function findTop(
  queries: readonly Query[],
  pool: Pool,
  { keep, find }: { keep: number; find?: FindCandidates },
): Promise<Top[]> {
  const { rows } = pool;
  const search = find ?? (await findCandidates(queries.length * rows.count));
  const spare = rows.count - pool.stories.length;
  const wanted = Math.min(rows.count, keep + margin + spare);
  const stories = storiesOfRows(rows, pool.stories.length);
  const tops: Top[] = [];
  for (let start = 0; start < queries.length; start += readersAtOnce) {
    const batch = queries.slice(start, start + readersAtOnce);
    const candidates = await search({ queries: batch, rows, stories, keep: wanted });
    batch.forEach((query, at) => tops.push(orderExactly(query, candidates[at]!, { pool, stories, keep })));
  }
  return tops;
}

let onnx: Promise<FindCandidates | undefined> | undefined;

/** Readers x rows that tiles compare in 50 ms: onnxruntime is opened for more, since it takes a fifth of a second and 45 MB for good. */
const manyComparisons = 500_000;

/** The quickest way that is installed. */
async function findCandidates(comparisons: number): Promise<FindCandidates> {
  if (onnx === undefined && comparisons < manyComparisons) return tiledTop;
  return (await (onnx ??= openOnnxTop())) ?? tiledTop;
}

function storiesOfRows({ starts, count }: PoolRows, stories: number): Int32Array {
  const owners = new Int32Array(count);
  for (let story = 0; story < stories; story++) owners.fill(story, starts[story], starts[story + 1]);
  return owners;
}

function orderExactly(
  { vector, words, offset }: Query,
  candidates: Int32Array,
  { pool, stories, keep }: { pool: Pool; stories: Int32Array; keep: number },
): Top {
  const { memory, rowStarts } = pool.rows;
  const best = pool.few;
  const products = memory.products(
    vector,
    candidates.map((row) => rowStarts[row]!),
  );
  candidates.forEach((row, at) => {
    const sum = products[at]! - offset;
    const story = stories[row]!;
    if (best.isHeld[story] === 0) addAt(best, story, sum);
    else best.sums[story] = Math.max(best.sums[story]!, sum);
  });
  const scoreAt = (index: number): number => best.sums[index]! + words[index]!;
  const indices = best.indices
    .slice(0, best.count)
    .toSorted((left, right) => scoreAt(right) - scoreAt(left) || left - right)
    .slice(0, keep);
  const top = { indices, scores: Float64Array.from(indices, scoreAt) };
  clear(best);
  return top;
}
