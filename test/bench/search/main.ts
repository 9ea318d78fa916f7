// `npm run bench:search -- [--data ../shared/bench/recsys] [--stories 100000] [--databases embedded,postgres]`: what the search finds
// beside words alone and meaning alone, and how long it takes on both databases. Ends with one line of JSON.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillWith, openBenchHouse } from './fill.ts';
import { madeUpQuestions, madeUpTexts } from './made-up.ts';
import { measureQuality } from './measure-quality.ts';
import { measureFirst, measureSearches, share } from './measure-speed.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/bench/recsys' },
    stories: { type: 'string', default: '100000' },
    questions: { type: 'string', default: '300' },
    databases: { type: 'string', default: 'embedded,postgres' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const result: Record<string, number> = {};
const started = performance.now();

const directory = join(values.data, 'a');
if (existsSync(directory)) Object.assign(result, await measureQuality(directory, say));
else say(`quality skipped: ${directory} is not there; name the directory of the benchmark with --data`);
const stories = Number(values.stories);
if (stories > 0) for (const name of values.databases.split(',')) await measureSpeed(name);
// The worse of the two counts.
const p95 = Object.entries(result).flatMap(([name, ms]) => (name.startsWith('p95_ms_') ? [ms] : []));
if (p95.length > 0) result['p95_ms'] = Math.max(...p95);
say(`in all ${((performance.now() - started) / 1000).toFixed(0)} s`);
say(JSON.stringify({ bench: 'search', stories, ...result }));

async function measureSpeed(name: string): Promise<void> {
  await using house = await openBenchHouse(name);
  if (!house.isThere) return;
  const texts = madeUpTexts(stories);
  say(`${name}: ${stories} stories`);
  await fillWith(house, texts, (line) => say(`  ${line}`));
  const { index, firstMs, othersMs } = await measureFirst(house);
  say(
    `  first search ${firstMs.toFixed(0)} ms, what else was asked meanwhile waited ${othersMs.toFixed(0)} ms at most`,
  );
  const searches = await measureSearches(house, index, madeUpQuestions(texts, Number(values.questions)));
  for (const sort of new Set(searches.map((one) => one.sort))) {
    const ms = searches.filter((one) => one.sort === sort).map((one) => one.ms);
    say(`  ${sort}: median ${share(ms, 0.5)} ms, slowest ${share(ms, 1)} ms`);
  }
  const [ms, cpuMs] = [searches.map((one) => one.ms), searches.map((one) => one.cpuMs)];
  say(`${name}: median ${share(ms, 0.5)}, p95 ${share(ms, 0.95)}, slowest ${share(ms, 1)} ms; of CPU in this process median ${share(cpuMs, 0.5)}, p95 ${share(cpuMs, 0.95)} ms`); // prettier-ignore
  Object.assign(result, { [`p95_ms_${name}`]: share(ms, 0.95), [`median_ms_${name}`]: share(ms, 0.5), [`first_ms_${name}`]: Math.round(firstMs), [`others_ms_${name}`]: Math.round(othersMs) }); // prettier-ignore
}
