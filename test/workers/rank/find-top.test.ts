import { describe, expect, test } from 'vitest';
import { gaussian, seededRandom } from '../../../core/math/seeded-random.ts';
import type { Query } from '../../../workers/rank/pose-query.ts';
import { preparePool } from '../../../workers/rank/prepare-pool.ts';
import { scorePool } from '../../../workers/rank/score-pool.ts';
import type { FindCandidates } from '../../../workers/rank/top/candidates.ts';
import { findTop } from '../../../workers/rank/top/find-top.ts';
import { openOnnxTop } from '../../../workers/rank/top/onnx-top.ts';
import { tiledTop } from '../../../workers/rank/top/tiled-top.ts';

const random = seededRandom(5);
const vector = (): Float32Array => Float32Array.from({ length: 30 }, () => gaussian(random));
/** 203 stories, every seventh a talk of three parts: rows that fill no tile to the end. */
const stories = Array.from({ length: 203 }, (_, at) => ({
  storyId: at,
  terms: [],
  vectors: Array.from({ length: at % 7 === 0 ? 3 : 1 }, vector),
}));
const pool = preparePool(stories);
const queries = Array.from({ length: 37 }, (): Query => {
  const own = new Float32Array(pool.rows.width);
  own.set(vector());
  return {
    vector: own,
    words: Float32Array.from(stories, (_, at) => (at % 22 === 0 ? 9 * random() : 0)),
    offset: 0.5,
  };
});
const onnx = await openOnnxTop();
const ways: [string, FindCandidates | undefined][] = [
  ['tiles of typed arrays', tiledTop],
  ['onnxruntime', onnx],
];

describe.each(ways)('the best stories by %s', (_, find) => {
  test.skipIf(!find)('are those of the plain sums, in their order', async () => {
    const tops = await findTop(queries, pool, { keep: 50, find: find! });
    queries.forEach((query, reader) => {
      const total = scorePool(query, pool);
      const best = [...total.keys()]
        .toSorted((left, right) => total[right]! - total[left]! || left - right)
        .slice(0, 50);
      expect([...tops[reader]!.indices]).toEqual(best);
      expect([...tops[reader]!.scores]).toEqual(best.map((place) => total[place]));
    });
  });

  test.skipIf(!find)('may be all there are, and stories without any number keep their order', async () => {
    const [top] = await findTop(queries.slice(0, 1), pool, { keep: 203, find: find! });
    expect(new Set(top!.indices).size).toBe(203);
    const bare = preparePool(
      [1, 2, 3].map((storyId) => ({ storyId, terms: [], vectors: [] })),
      { prior: new Float64Array(3) },
    );
    const nothing: Query = {
      vector: new Float32Array(2),
      words: new Float32Array(3),
      offset: 0,
    };
    expect([...(await findTop([nothing], bare, { keep: 3, find: find! }))[0]!.indices]).toEqual([0, 1, 2]);
  });
});

test('an empty pool has no best story', async () => {
  const nothing: Query = {
    vector: new Float32Array(2),
    words: new Float32Array(0),
    offset: 0,
  };
  expect((await findTop([nothing], preparePool([]), { keep: 0 }))[0]!.indices).toHaveLength(0);
});
