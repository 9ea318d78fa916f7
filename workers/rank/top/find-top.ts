// Queries x pool -> each reader's best stories: by onnxruntime where it is installed, by tiles of typed arrays elsewhere.
import type { Query } from '../pose-query.ts';
import type { Pool, PoolRows } from '../prepare-pool.ts';
import { productAt } from '../score-pool.ts';
import type { FindCandidates } from './candidates.ts';
import { openOnnxTop } from './onnx-top.ts';
import { tiledTop } from './tiled-top.ts';

/** The best places of one reader, best first; scores as `scorePool` gives them. */
export interface Top {
  places: Int32Array;
  scores: Float64Array;
}

/** 1,024 readers against 10,000 stories are 40 MB of scores. */
const readersAtOnce = 1_024;
/** Single precision may swap neighbours at the edge; so many more are looked at again in double precision. */
const margin = 8;

/**
 * The `keep` best stories of each query, exact: whoever finds the candidates, they are scored again by the same double
 * precision sums and ordered by them, then by place, so that both ways give the same picks.
 */
export async function findTop(
  queries: readonly Query[],
  pool: Pool,
  { keep, find }: { keep: number; find?: FindCandidates },
): Promise<Top[]> {
  const { rows } = pool;
  const search = find ?? (await findCandidates());
  const spare = rows.count - pool.stories.length;
  const wanted = Math.min(rows.count, keep + margin + spare);
  const stories = storiesOfRows(rows, pool.stories.length);
  const tops: Top[] = [];
  for (let start = 0; start < queries.length; start += readersAtOnce) {
    const batch = queries.slice(start, start + readersAtOnce);
    const candidates = await search({ queries: batch, rows, stories, keep: wanted });
    batch.forEach((query, at) => tops.push(orderExactly(query, candidates[at]!, { rows, stories, keep })));
  }
  return tops;
}

let onnx: Promise<FindCandidates | undefined> | undefined;

/** The quickest way that is installed. */
export async function findCandidates(): Promise<FindCandidates> {
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
  { rows, stories, keep }: { rows: PoolRows; stories: Int32Array; keep: number },
): Top {
  const best = new Map<number, number>();
  for (const row of candidates) {
    const sum = productAt(vector, rows.values, row * rows.width) - offset;
    const story = stories[row]!;
    if (sum > (best.get(story) ?? -Infinity)) best.set(story, sum);
  }
  for (let at = 0; at < words.places.length; at++) {
    const score = best.get(words.places[at]!);
    if (score !== undefined) best.set(words.places[at]!, score + words.values[at]!);
  }
  const ordered = [...best].toSorted((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, keep);
  return {
    places: Int32Array.from(ordered, ([place]) => place),
    scores: Float64Array.from(ordered, ([, score]) => score),
  };
}
