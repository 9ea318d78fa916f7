// `npm run bench:feeds [DIRECTORY] [OUT]`: parses the feed documents of a benchmark as `courant parse` does, and scores them.
import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseFiles } from '../../../services/cli/parse.ts';

const folder = process.argv[2] ?? new URL('../../../../shared/bench/feeds/', import.meta.url).pathname;
const out = process.argv[3] ?? join(tmpdir(), `courant-feeds-${process.pid}.ndjson`);
const manifest = join(folder, 'cases.json');

if (!existsSync(manifest)) process.stdout.write(`skipped: no cases.json in ${folder}\n`);
else {
  const output = createWriteStream(out);
  const { parsed, failed } = await parseFiles({ files: [], manifest, output });
  output.end();
  await finished(output);
  process.stdout.write(`${parsed} files parsed, ${failed} refused; results in ${out}\n`);
  const { stdout } = spawnSync(process.execPath, [join(folder, 'score.mjs'), out], { encoding: 'utf8' });
  process.stdout.write(stdout);
}
