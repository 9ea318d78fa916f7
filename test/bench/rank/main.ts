// Items, signals and profiles -> the product's ranking of the candidates for each profile, as ../shared/bench/recsys/eval.py reads it.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { orderPool } from '../../../workers/rank/order-pool.ts';
import { openBench } from './open-bench.ts';

/** What a letter takes; MMR orders these, the score the rest. */
const letter = 12;
const listed = 200;

const started = Date.now();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    items: { type: 'string', multiple: true, default: [] },
    train: { type: 'string', default: '' },
    profiles: { type: 'string', default: '' },
    candidates: { type: 'string', default: 'dev' },
    condition: { type: 'string', default: 'all' },
    out: { type: 'string', default: 'run.jsonl' },
  },
});
const { pool, readers, storyOf } = await openBench({ ...values, items: [...values.items, ...positionals] });
const lines = readers.map(({ user, facets }) => {
  const { order } = orderPool({
    pool,
    facets,
    neighbourOf: storyOf,
    count: letter,
    isOpen: () => true,
    isFirst: () => false,
  });
  const items = order.slice(0, listed).map((place) => `i${pool.stories[place]!.storyId}`);
  return `${JSON.stringify({ user, items })}\n`;
});
writeFileSync(values.out, lines.join(''));
const cpu = process.cpuUsage();
process.stdout.write(
  `${values.condition}: ${readers.length} readers, ${pool.stories.length} candidates, ${((Date.now() - started) / 1000).toFixed(1)} s (CPU ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s), peak ${(process.resourceUsage().maxRSS / 1024).toFixed()} MB\n`,
);
