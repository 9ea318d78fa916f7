// `npm run bench:cluster-speed -- FILE.jsonl.gz... [--sizes 1000,10000,50000]`: seconds and memory of fit, vectors, stories, topics and map.
// A line of a file has a title and an abstract. Each size runs in a process of its own, so that its peak is its own.
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { measure } from './measure.ts';
import { readRecords } from './read-records.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sizes: { type: 'string', default: '1000,10000,50000' }, only: { type: 'string' } },
});
if (values.only) {
  const [size, kind] = values.only.split(':') as [string, 'whole' | 'daily'];
  const row = await measure(readRecords(positionals, Number(size)), kind);
  process.stdout.write(`${JSON.stringify(row)}\n`);
} else {
  const runs = [...values.sizes.split(',').map((size) => `${size}:whole`), '15000:daily'];
  for (const only of runs) {
    const script = new URL(import.meta.url).pathname;
    const output = execFileSync(process.execPath, [...process.execArgv, script, ...positionals, '--only', only], {
      encoding: 'utf8',
    });
    process.stdout.write(output);
  }
}
