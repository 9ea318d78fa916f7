// `npm run bench:feeds [DIRECTORY] [OUT]`: the feed documents of a benchmark, read by ours and by three libraries, and scored.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../../core/compiled.ts';
import { readers } from './readers.ts';

const folder = process.argv[2] ?? '../shared/bench/feeds/';
const out = process.argv[3] ?? join(tmpdir(), `courant-feeds-${process.pid}.ndjson`);
const manifest = join(folder, 'cases.json');
const script = fileURLToPath(compiled(new URL('read-all.ts', import.meta.url)));

interface Figures {
  parsed: number;
  documents: number;
  mbPerCpuSecond: number;
  peakMb: number;
}

if (!existsSync(manifest)) process.stdout.write(`skipped: no cases.json in ${folder}\n`);
else for (const name of Object.keys(readers)) measure(name);

/** Results of ours are kept in `out`, those of the others beside it. */
function measure(name: string): void {
  const results = name === 'courant' ? out : `${out}.${name.replaceAll(' ', '-')}`;
  const args = [script, name, manifest, results];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64_000_000 });
  const last = child.stdout.trim().split('\n').at(-1);
  if (child.status !== 0 || !last?.startsWith('{')) {
    process.stdout.write(`${name}: ended with ${child.status}: ${child.stderr.slice(-500)}\n`);
    return;
  }
  const { parsed, documents, mbPerCpuSecond, peakMb } = JSON.parse(last) as Figures;
  if (name === 'start of the process')
    return void process.stdout.write(`all documents in memory, none read: ${peakMb} MB\n`);
  const scored = spawnSync(process.execPath, [join(folder, 'score.mjs'), results], { encoding: 'utf8' }).stdout;
  const expectations = /expectations (\d+\/\d+ \([\d.]+%\)), no answer \d+\s*$/.exec(scored)?.[1];
  if (name === 'courant') process.stdout.write(`${scored}results in ${out}\n`);
  process.stdout.write(`${name.padEnd(12)} read ${parsed} of ${documents}, expectations ${expectations}, ${mbPerCpuSecond} MB a second of CPU, ${peakMb} MB at the peak\n`); // prettier-ignore
}
