// Folders of ../shared/bench/recsys -> recall@50 on a split as hard as the hidden part: each kind of evidence alone, the settings in use, and each setting moved.
import { parseArgs } from 'node:util';
import { expandProfile, trustIn } from '../../../workers/rank/expand-profile.ts';
import {
  fusionSettings,
  weighEvidence,
  type FusionSettings,
  type FusionWeights,
} from '../../../workers/rank/fusion-weights.ts';
import { poseQuery } from '../../../workers/rank/pose-query.ts';
import type { Facet } from '../../../workers/rank/profile.ts';
import { scorePool } from '../../../workers/rank/score-pool.ts';
import { embedItems, openBench, showProfile, trainOn, type Bench } from '../rank/open-bench.ts';
import { numberOf } from '../rank/read-dataset.ts';
import { harderSplit } from './harder-split.ts';

const kinds = ['words', 'meaning', 'neighbourWords', 'neighbourMeaning', 'factors'] as const;
const conditions = ['all', 'k10', 'k5', 'k3', 'k1', 'kw'];
const none: FusionWeights = { words: 0, meaning: 0, neighbourWords: 0, neighbourMeaning: 0, factors: 0 };
const depth = 50;

/** A way to weigh the kinds for a reader. */
interface Way {
  name: string;
  weigh: (facets: readonly Facet[], readers: number) => FusionWeights;
}

const withSettings = (name: string, settings: FusionSettings): Way => ({
  name,
  weigh: (facets, readers) => weighEvidence(facets, trustIn(readers), settings),
});
const moved = (['own', 'halfOwn', 'neighbourWords', 'neighbourMeaning', 'factors'] as const).flatMap((setting) =>
  [0, 0.5, 2].map((times) => {
    const value = fusionSettings[setting] === 0 ? times * 0.1 : times * fusionSettings[setting];
    return withSettings(`${setting} ${value.toFixed(2)}`, { ...fusionSettings, [setting]: value });
  }),
);
const ways: Way[] = [
  ...kinds.map((kind): Way => ({ name: `${kind} alone`, weigh: () => ({ ...none, [kind]: 1 }) })),
  withSettings('settings in use', fusionSettings),
  ...moved,
];

const table = new Map<string, string[]>(ways.map(({ name }) => [name, []]));
const heads: string[] = [];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '1' } },
});
/** One reader in so many is looked at. */
const every = Number(values.every);
for (const folder of positionals) await measure(folder);
process.stdout.write(`${''.padEnd(24)} ${heads.join(' ')}\n`);
for (const [name, figures] of table) process.stdout.write(`${name.padEnd(24)} ${figures.join(' ')}\n`);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  `CPU ${((userCPUTime + systemCPUTime) / 1e6).toFixed(0)} s, peak ${(maxRSS / 1024).toFixed(0)} MB\n`,
);

async function measure(folder: string): Promise<void> {
  const { items, signals, profiles, wanted } = harderSplit(folder);
  const texts = await embedItems(items);
  const model = trainOn(signals.map(([readerId, storyId]) => ({ readerId, storyId, weight: 1 })), texts); // prettier-ignore
  const bench = openBench(texts, model, 'dev');
  const places = new Map(bench.pool.stories.map(({ storyId }, place) => [storyId, place]));
  for (const condition of conditions) {
    const sums = new Float64Array(ways.length);
    const able = condition === 'kw' ? profiles.filter(({ keywords }) => keywords.length > 0) : profiles;
    const shown = able.filter((_, at) => at % every === 0);
    for (const profile of shown) {
      const targets = [...wanted.get(numberOf(profile.user))!].map((item) => places.get(item)!);
      (await recallsOf(bench, showProfile(condition, profile), targets)).forEach(
        (recall, way) => (sums[way]! += recall),
      );
    }
    heads.push(`${folder.at(-1)}:${condition}`.padEnd(6));
    ways.forEach(({ name }, way) => table.get(name)!.push((sums[way]! / shown.length).toFixed(4)));
    process.stderr.write(`${folder} ${condition}: ${shown.length} readers, ${bench.pool.stories.length} candidates\n`);
  }
}

/** Recall of one reader by each way; a kind that says nothing of this reader adds nothing. */
async function recallsOf(
  { pool, storyOf, profileOf }: Bench,
  profile: Parameters<Bench['profileOf']>[0],
  targets: readonly number[],
): Promise<number[]> {
  const facets = await profileOf(profile);
  const wants = { facets, expansion: expandProfile(facets, pool.model!), neighbourOf: storyOf };
  const scores = kinds.map((kind) => scorePool(poseQuery(wants, pool, { ...none, [kind]: 1 }), pool));
  return ways.map(({ weigh }) => {
    const weights = weigh(facets, pool.model!.model.readers);
    const total = new Float64Array(pool.stories.length);
    kinds.forEach((kind, at) => {
      if (weights[kind] !== 0) for (let place = 0; place < total.length; place++) total[place]! += weights[kind] * scores[at]![place]!; // prettier-ignore
    });
    const bar = total.toSorted().at(-depth)!;
    // Of those that share the last score, as many as there is room for: words alone leave most stories at 0.
    const above = total.reduce((count, score) => count + (score > bar ? 1 : 0), 0);
    const ties = total.reduce((count, score) => count + (score === bar ? 1 : 0), 0);
    const found = targets.map((place) => (total[place]! > bar ? 1 : total[place] === bar ? (depth - above) / ties : 0));
    return found.reduce<number>((sum, one) => sum + one, 0) / targets.length;
  });
}
