// Queries of some readers -> their best 50 stories: by plain loops, by tiles, by onnxruntime; and whether they agree.
import type { Query } from '../../../workers/rank/pose-query.ts';
import type { Pool } from '../../../workers/rank/prepare-pool.ts';
import type { FindCandidates } from '../../../workers/rank/top/candidates.ts';
import { findTop } from '../../../workers/rank/top/find-top.ts';
import { openOnnxTop } from '../../../workers/rank/top/onnx-top.ts';
import { tiledTop } from '../../../workers/rank/top/tiled-top.ts';
import type { World } from './made-up-world.ts';
import { openWorld } from './open-world.ts';

/** As the issue of a week asks: enough for a letter, what rules and likes take out of it, and its spread. */
export const keep = 50;

export interface DenseFigures {
  readers: number;
  /** Seconds of the processor for one reader; onnxruntime's undefined where it is not installed. */
  plain: number;
  tiled: number;
  onnx: number | undefined;
  /** Whether all ways gave every reader the same stories in the same order. */
  areEqual: boolean;
}

/** Measures the part of ranking that compares each reader with each story. */
export async function measureDensePart(world: World, modelState: Uint8Array, readers: number): Promise<DenseFigures> {
  const { pool, queriesOf } = openWorld(world, modelState);
  const queries = queriesOf(Array.from({ length: readers }, (_, at) => world.readerAt(at + 1)));
  const ways: (FindCandidates | undefined)[] = [tiledTop, await openOnnxTop()];
  const [plain, expected] = await clock(async () => scanPlainly(queries, pool));
  let areEqual = true;
  const [tiled, onnx] = await Promise.all(
    ways.map(async (find) => {
      if (!find) return undefined;
      await findTop(queries.slice(0, 64), pool, { keep, find });
      const [seconds, tops] = await clock(() => findTop(queries, pool, { keep, find }));
      areEqual &&= tops.every(({ indices: places }, at) => places.join() === expected[at]!.join());
      return seconds / readers;
    }),
  );
  return { readers, plain: plain / readers, tiled: tiled!, onnx, areEqual };
}

/** As it is written first: for each reader a loop over stories, in it one over numbers, then a sort. */
function scanPlainly(queries: readonly Query[], { rows }: Pool): number[][] {
  const stories = Array.from({ length: rows.count }, (_, row) =>
    Array.from(rows.memory.values.subarray(row * rows.width, (row + 1) * rows.width)),
  );
  return queries.map(({ vector, words, offset }) => {
    const reader = Array.from(vector);
    const scores: { place: number; score: number }[] = [];
    for (let place = 0; place < stories.length; place++) {
      const story = stories[place]!;
      let score = -offset;
      for (let at = 0; at < reader.length; at++) score += reader[at]! * story[at]!;
      scores.push({ place, score: score + words[place]! });
    }
    const best = scores.toSorted((left, right) => right.score - left.score || left.place - right.place);
    return best.slice(0, keep).map(({ place }) => place);
  });
}

async function clock<Result>(work: () => Promise<Result>): Promise<[number, Result]> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, result];
}
