// `npm run train:embedder -- CORPUS_DIR [--out FILE]`: trains the shipped word table; the same corpus gives the same bytes.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serialiseTable } from '../../../core/embedder/word-table.ts';
import { openProgress } from './progress.ts';
import { readCorpus } from './read-corpus.ts';
import { shippedRecipe, trainTable } from './train-table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, steps: { type: 'string' } },
});
const [directory] = positionals;
if (!directory) throw new Error('usage: npm run train:embedder -- CORPUS_DIR [--out FILE] [--steps N]');
const out = values.out ?? fileURLToPath(new URL('../../../core/embedder/table/words.bin', import.meta.url));
const recipe = { ...shippedRecipe, ...(values.steps ? { steps: Number(values.steps) } : {}) };
const started = performance.now();
const onProgress = openProgress(process.stderr, () => performance.now());
const corpus = await readCorpus(directory, (name, at, of) =>
  onProgress({ stage: `reading ${name} (${at + 1} of ${of})`, done: 0, of: 1 }),
);
const table = trainTable(corpus, recipe, onProgress);
const bytes = serialiseTable(table);
await writeFile(out, bytes);
const cpuS = Object.values(process.cpuUsage()).reduce((sum, microseconds) => sum + microseconds, 0) / 1e6;
process.stderr.write(
  `\n${out}: ${table.words.length} words, ${table.buckets} buckets, ${bytes.length} bytes, ` +
    `sha256 ${createHash('sha256').update(bytes).digest('hex')}, ` +
    `${Math.round((performance.now() - started) / 1000)} s, ${Math.round(cpuS)} s of CPU\n`,
);
