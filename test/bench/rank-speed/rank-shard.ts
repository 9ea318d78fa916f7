// One shard of made-up readers, ranked by the product's own steps: queries, top 50, an order of twelve with its reasons.
import { gaussian, seededRandom } from '../../../workers/embed/seeded-random.ts';
import { orderPool } from '../../../workers/rank/order-pool.ts';
import { poseQueries } from '../../../workers/rank/rank-readers.ts';
import { preparePool, type Pool, type PoolStory } from '../../../workers/rank/prepare-pool.ts';
import { keyTerms, type KnownStory } from '../../../workers/rank/profile.ts';
import { reasonFor } from '../../../workers/rank/reasons.ts';
import { findCandidates, findTop } from '../../../workers/rank/top/find-top.ts';
import { tiledTop } from '../../../workers/rank/top/tiled-top.ts';

/** With the two numbers every row has for the editors, 256. */
const vectorSize = 254;
const keep = 50;
const letter = 12;
const likes = 10;
const fields = 100;
const now = new Date('2026-11-21T06:00:00Z');

export interface ShardFigures {
  /** Seconds of CPU of each step. */
  queries: number;
  top: number;
  order: number;
  peakMegabytes: number;
}

let opened: { stories: number; pool: Pool; known: KnownStory[] } | undefined;

/** Ranks readers `first` .. `first + count`; the pool is made once a process, as a worker opens an issue once. */
export async function rankShard({
  stories,
  first,
  count,
  way,
}: {
  stories: number;
  first: number;
  count: number;
  way: string;
}): Promise<ShardFigures> {
  opened ??= { stories, ...makePool(stories) };
  const { pool, known } = opened;
  const find = way === 'tiled' ? tiledTop : await findCandidates();
  const figures = { queries: 0, top: 0, order: 0 };
  const lookup = { now, vectorOf: () => undefined, storyOf: (storyId: number) => known[storyId] };
  for (let start = first; start < first + count; start += 1_000) {
    let clock = process.cpuUsage();
    const lap = (step: keyof typeof figures): void => {
      const { user, system } = process.cpuUsage(clock);
      figures[step] += (user + system) / 1e6;
      clock = process.cpuUsage();
    };
    const readers = Array.from({ length: Math.min(1_000, first + count - start) }, (_, at) =>
      makeReader(start + at, stories),
    );
    const wanting = poseQueries(readers, { pool, lookup });
    lap('queries');
    const tops = await findTop(wanting.map(({ query }) => query), pool, { keep, find }); // prettier-ignore
    lap('top');
    tops.forEach((top, at) => {
      const ranked = orderPool({ pool, wanting: wanting[at]!, top, count: letter, isOpen: () => true, isFirst: () => false }); // prettier-ignore
      for (const place of ranked.order.slice(0, letter)) reasonFor(ranked.causesAt(place));
    });
    lap('order');
  }
  return { ...figures, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

/** The dense part as it is written first: for each reader a loop over stories, a loop over numbers, then a sort. */
export function scanPlainly({ stories, count }: { stories: number; count: number }): { cpuSeconds: number } {
  const { pool, known } = makePool(stories);
  const vectors = pool.stories.map(({ vectors: [vector] }) => Array.from(vector!));
  const readers = Array.from({ length: count }, (_, at) => Array.from(known[at]!.vector!));
  const clock = process.cpuUsage();
  for (const reader of readers) {
    const scores: [number, number][] = [];
    for (let story = 0; story < vectors.length; story++) {
      const vector = vectors[story]!;
      let sum = 0;
      for (let at = 0; at < reader.length; at++) sum += reader[at]! * vector[at]!;
      scores.push([story, sum]);
    }
    scores.toSorted((left, right) => right[1] - left[1]).slice(0, keep);
  }
  const { user, system } = process.cpuUsage(clock);
  return { cpuSeconds: (user + system) / 1e6 };
}

/** Stories of a hundred fields, each of thirty words, a third of them of its field; and as many of earlier weeks. */
function makePool(stories: number): { pool: Pool; known: KnownStory[] } {
  const random = seededRandom(11);
  const centres = Array.from({ length: fields }, () =>
    Float32Array.from({ length: vectorSize }, () => gaussian(random)),
  );
  const make = (storyId: number): PoolStory => {
    const field = storyId % fields;
    const vector = Float32Array.from(centres[field]!, (value) => value + 2 * gaussian(random));
    const length = Math.hypot(...vector);
    const terms = Array.from({ length: 30 }, (_, at) => (at % 3 === 0 ? `f${field}w${Math.floor(40 * random())}` : `w${Math.floor(20_000 * random() ** 2)}`)); // prettier-ignore
    return { storyId, terms, vectors: [vector.map((value) => value / length)] };
  };
  const pool = preparePool(Array.from({ length: stories }, (_, at) => make(at)));
  const known = Array.from({ length: stories }, (_, at): KnownStory => {
    const { terms, vectors } = make(at);
    return { title: `Story ${at}`, terms: keyTerms(terms, pool.index), vector: vectors[0] };
  });
  return { pool, known };
}

/** Ten likes in three fields. */
function makeReader(reader: number, stories: number) {
  const random = seededRandom(reader);
  const own = Array.from({ length: 3 }, () => Math.floor(fields * random()));
  const liked = new Set(Array.from({ length: likes }, (_, at) => own[at % 3]! + fields * Math.floor((stories / fields) * random()))); // prettier-ignore
  return { interests: [], signals: [...liked].map((storyId) => ({ storyId, kind: 'like' as const, at: now })) };
}
