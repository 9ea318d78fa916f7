// `npm run bench:cluster-speed -- [FILE.jsonl.gz...] [--sizes 1000,10000,50000] [--stored 100000]`: seconds and memory of fit,
// vectors, stories, topics and map, how they grow, and what a day of 1,000 new items takes on a store of PGlite.
// A line of a file has a title and an abstract. Each run has a process of its own, so that its peak is its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../../core/config.ts';
import { openHouse } from '../../../core/house.ts';
import { fillStore } from './fill-store.ts';
import { describeGrowth, describeRun, type Run } from './print-table.ts';
import { readRecords } from './read-records.ts';
import { runDay } from './run-day.ts';
import { runWhole } from './run-whole.ts';

const corpus = '../shared/data/cc0/';
const newItems = 1_000;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '1000,10000,50000' },
    stored: { type: 'string', default: '100000' },
    // Of a run's own process.
    only: { type: 'string' },
    data: { type: 'string' },
  },
});
const files = positionals.length > 0 ? positionals : corpusFiles();
const stored = Number(values.stored);

if (values.only !== undefined) process.stdout.write(JSON.stringify(await runOne(values.only)));
else {
  if (values.sizes) printSizes(values.sizes.split(','));
  if (stored > 0) printDays();
}
process.exit();

function corpusFiles(): string[] {
  const names = readdirSync(corpus).filter((name) => name.startsWith('arxiv-'));
  return names.toSorted().map((name) => corpus + name);
}

function printSizes(sizes: readonly string[]): void {
  const runs = sizes.map((size) => {
    const run = runApart(size);
    process.stdout.write(`${describeRun(`${size} items, nothing placed yet`, run)}\n`);
    return run;
  });
  runs.slice(1).forEach((run, at) => process.stdout.write(describeGrowth(runs[at]!, run)));
}

function printDays(): void {
  const data = mkdtempSync(join(tmpdir(), 'courant-bench-'));
  try {
    const setup = runApart('setup', data);
    process.stdout.write(`${describeRun(`${stored} items stored in PGlite`, setup)}\n`);
    for (const day of ['day 1', 'day 2']) {
      process.stdout.write(`${describeRun(`${day}: ${newItems} new items`, runApart(day, data))}\n`);
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function runApart(only: string, data = ''): Run {
  const script = new URL(import.meta.url).pathname;
  const own = ['--only', only, '--stored', String(stored), '--data', data];
  const output = execFileSync(process.execPath, [...process.execArgv, script, ...files, ...own], { encoding: 'utf8' });
  return JSON.parse(output) as Run;
}

async function runOne(only: string): Promise<Run> {
  if (/^\d+$/.test(only)) return runWhole(await readRecords(files, Number(only)));
  const day = only === 'setup' ? 0 : Number(only.slice('day '.length));
  const config = readConfig({ overrides: { DATABASE_URL: '', REDIS_URL: '', EMBEDDER: 'embedded', DATA_DIR: values.data!, LOG_LEVEL: 'silent' } }); // prettier-ignore
  // A Wednesday, and then 23 hours a day: what was placed the day before has not settled yet.
  const now = new Date(Date.UTC(2026, 10, 4, 12) + day * 23 * 3_600_000);
  const house = await openHouse(config, () => now);
  try {
    if (day === 0) return await fillStore(house, await readRecords(files, stored));
    return await runDay(house, await readRecords(files, newItems, stored + (day - 1) * newItems));
  } finally {
    await house.close();
  }
}
