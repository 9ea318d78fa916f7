import { describe, expect, it } from 'vitest';
import { layOutMap, type MapLayout, type MapPoint } from '../../../workers/compose/lay-out-map.ts';
import { exactNearestRows, rowsOf } from '../../../core/math/exact-nearest-rows.ts';
import { approximateNearestRows } from '../../../core/math/approximate-nearest-rows.ts';
import { normalise } from '../../../core/math/vectors.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';

const random = seededRandom(11);
const width = 48;
const draw = (scale: number) => Float32Array.from({ length: width }, () => (random() - 0.5) * scale);
const topics = Array.from({ length: 9 }, () => draw(1));
const week = (count: number, of: readonly number[]) =>
  Array.from({ length: count }, (_, at) => {
    const topic = of[at % of.length]!;
    return { topic, vector: normalise(draw(0.9).map((value, axis) => value + topics[topic]![axis]!)) };
  });

function middles(stories: readonly { topic: number }[], { points: places }: MapLayout): Map<number, MapPoint> {
  return new Map(
    [...new Set(stories.map(({ topic }) => topic))].map((topic) => {
      const own = places.filter((_, at) => stories[at]!.topic === topic);
      const mean = (axis: 'x' | 'y') => own.reduce((sum, place) => sum + place[axis], 0) / own.length;
      return [topic, { x: mean('x'), y: mean('y') }];
    }),
  );
}

const distance = (a: MapPoint, b: MapPoint): number => Math.hypot(a.x - b.x, a.y - b.y);
const drift = (before: Map<number, MapPoint>, after: Map<number, MapPoint>): number[] =>
  [...before].flatMap(([topic, place]) => (after.has(topic) ? [distance(place, after.get(topic)!)] : []));

describe('the map', async () => {
  // Topic 8 comes in the second week, topic 0 is gone by then.
  const first = week(160, [0, 1, 2, 3, 4, 5, 6, 7]);
  const second = week(160, [1, 2, 3, 4, 5, 6, 7, 8]);
  const vectors = (stories: typeof first) => stories.map(({ vector }) => vector);
  const start = await layOutMap({ stories: vectors(first), anchors: [], reach: null });
  const anchors = start.points.map((place, at) => ({ ...place, vector: first[at]!.vector }));
  const next = await layOutMap({ stories: vectors(second), anchors, reach: start.reach });

  it('is the same on every run', async () => {
    expect(await layOutMap({ stories: vectors(first), anchors: [], reach: null })).toEqual(start);
  });

  it('puts stories of a topic together and keeps everything on the sheet', () => {
    const means = middles(first, start);
    const nearest = first.filter(({ topic }, at) => {
      const place = start.points[at]!;
      return [...means].every(
        ([other, mean]) => distance(place, means.get(topic)!) <= distance(place, mean) || other === topic,
      );
    });
    expect(nearest.length / first.length).toBeGreaterThan(0.95);
    for (const { x, y } of [...start.points, ...next.points]) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1); // prettier-ignore
  });

  it('keeps topics in their places from week to week, and only because it is anchored', async () => {
    const before = middles(first, start);
    const moved = drift(before, middles(second, next));
    expect(moved).toHaveLength(7);
    expect(Math.max(...moved)).toBeLessThan(0.1);
    const alone = await layOutMap({ stories: vectors(second), anchors: [], reach: null });
    expect(Math.max(...drift(before, middles(second, alone)))).toBeGreaterThan(0.5);
  });

  it('gives a new topic a place of its own', () => {
    const means = middles(second, next);
    const toOthers = [...means].filter(([topic]) => topic !== 8).map(([, place]) => distance(place, means.get(8)!));
    expect(Math.min(...toOthers)).toBeGreaterThan(0.1);
  });

  it.each([0, 1, 2, 3])('of %i stories is no trouble', async (count) => {
    const { points: places, reach } = await layOutMap({ stories: vectors(week(count, [0])), anchors: [], reach: null });
    expect(places).toHaveLength(count);
    expect(Number.isFinite(reach)).toBe(true);
    for (const { x, y } of places) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
  });
});

it('finds nearly the same neighbours of many rows by a graph', async () => {
  const rows = rowsOf(Array.from({ length: 5_200 }, () => Float32Array.from({ length: 12 }, random)));
  const [near, exact] = [await approximateNearestRows(rows, 5), exactNearestRows(rows, 5)];
  const same = exact.rows.filter((row, at) => near.rows.subarray(at - (at % 5), at - (at % 5) + 5).includes(row));
  expect(same.length / exact.rows.length).toBeGreaterThan(0.95);
  expect(near.distances[0]).toBeCloseTo(exact.distances[0]!, 5);
});
