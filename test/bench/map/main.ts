// `npm run bench:map`: seconds, memory and growth of the map in its worker thread; how well topics hold together and stay put.
import { existsSync, readFileSync } from 'node:fs';
import { layOutMap, type MapLayout, type MapPoint } from '../../../workers/compose/lay-out-map.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { normalise } from '../../../core/math/vectors.ts';
import { runInThread } from '../../../core/threads.ts';
import { benchEmbed, readItems } from '../clusters.ts';

const folder = '../shared/bench/cluster/';
const width = 384;
const topics = 40;

for (const count of [1_000, 2_000, 5_000, 10_000, 20_000]) await measure(count);
if (existsSync(`${folder}topics_20ng.items.jsonl`)) await compareWeeks();
else process.stdout.write(`skipped: ${folder}topics_20ng.items.jsonl is not here\n`);

async function measure(count: number): Promise<void> {
  const stories = drawStories(count);
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  await runInThread<typeof import('../../../workers/compose/lay-out-map.ts'), 'layOutMap'>({
    file: new URL('../../../workers/compose/lay-out-map.ts', import.meta.url),
    name: 'layOutMap',
    pool: 'drafts',
    input: { stories, anchors: [], reach: null },
    stop: new AbortController().signal,
  });
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed();
  process.stdout.write(
    `${String(count).padStart(6)} stories  ${seconds.toFixed(1)} s, ${((used.user + used.system) / 1e6).toFixed(1)} s of CPU, peak ${peak} MB\n`,
  );
}

function drawStories(count: number): Float32Array[] {
  const random = seededRandom(7);
  const draw = (scale: number) => Float32Array.from({ length: width }, () => (random() - 0.5) * scale);
  const centres = Array.from({ length: topics }, () => draw(1));
  return Array.from({ length: count }, (_, at) =>
    normalise(draw(1.5).map((value, axis) => value + centres[at % topics]![axis]!)),
  );
}

/** Two halves of 20 newsgroups as two weeks. */
async function compareWeeks(): Promise<void> {
  const items = readItems(`${folder}topics_20ng.items.jsonl`);
  const gold = readFileSync(`${folder}topics_20ng.gold.jsonl`, 'utf8').trim().split('\n');
  const groups = gold.map((line) => (JSON.parse(line) as { cluster: string }).cluster);
  const vectors = await benchEmbed(items);
  const half = Math.floor(items.length / 2);
  const first = await layOutMap({ stories: vectors.slice(0, half), anchors: [], reach: null });
  const anchors = first.points.map((place, at) => ({ ...place, vector: vectors[at]! }));
  const next = await layOutMap({ stories: vectors.slice(half), anchors, reach: first.reach });
  const alone = await layOutMap({ stories: vectors.slice(half), anchors: [], reach: null });
  const moved = (other: MapLayout) => drift(means(first.points, groups), means(other.points, groups.slice(half)));
  process.stdout.write(
    `20 newsgroups, two halves as two weeks of ${half}: of the ten nearest on the map ${purity(first.points, groups).toFixed(2)} share the group (in ${width} dimensions: see bench:topics)\n` +
      `groups move ${moved(next).toFixed(3)} of the map's width from week to week, ${moved(alone).toFixed(3)} when the second week is laid out alone\n`,
  );
}

function means(places: readonly MapPoint[], groups: readonly string[]): Map<string, MapPoint> {
  const sums = new Map<string, { x: number[]; y: number[] }>();
  places.forEach(({ x, y }, at) => {
    const own = sums.get(groups[at]!) ?? { x: [], y: [] };
    sums.set(groups[at]!, { x: [...own.x, x], y: [...own.y, y] });
  });
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return new Map([...sums].map(([group, { x, y }]) => [group, { x: middle(x), y: middle(y) }]));
}

function drift(before: ReadonlyMap<string, MapPoint>, after: ReadonlyMap<string, MapPoint>): number {
  const moves = [...before].map(
    ([group, { x, y }]) => Math.hypot(after.get(group)!.x - x, after.get(group)!.y - y) / 2,
  );
  return moves.reduce((sum, move) => sum + move, 0) / moves.length;
}

function purity(places: readonly MapPoint[], groups: readonly string[]): number {
  const shares = places.map((place, at) => {
    const nearest = places
      .map((other, index) => ({ index, distance: Math.hypot(other.x - place.x, other.y - place.y) }))
      .filter(({ index }) => index !== at)
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, 10);
    return nearest.filter(({ index }) => groups[index] === groups[at]).length / 10;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
