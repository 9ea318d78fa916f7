// `npm run train:roles -- CORPUS_DIR`: trains the weights of the sentence classifier; the same corpus gives the same bytes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { splitSentences } from '../../../../core/text/split-sentences.ts';
import { writeWeights } from '../sentence-roles.ts';
import { trainRoles } from './train-roles.ts';

/** Every tenth record: 15,000 abstracts, and three times as many classify no better. */
const every = 10;
const [directory] = process.argv.slice(2);
if (!directory) throw new Error('usage: npm run train:roles -- CORPUS_DIR, with arxiv-*.jsonl.gz in it');

const files = readdirSync(directory)
  .filter((name) => /^arxiv-.*\.jsonl\.gz$/.test(name))
  .toSorted();
const abstracts = files
  .flatMap((name) =>
    gunzipSync(readFileSync(join(directory, name)))
      .toString()
      .trim()
      .split('\n'),
  ) // prettier-ignore
  .filter((_, at) => at % every === 0)
  .map((line) => (JSON.parse(line) as { abstract: string }).abstract)
  .map((text) => splitSentences(text, 'en').map(({ start, end }) => text.slice(start, end)));
const bytes = writeWeights(trainRoles(abstracts));
writeFileSync(new URL('../weights.bin', import.meta.url), bytes);
const hash = createHash('sha256').update(bytes).digest('hex');
process.stdout.write(`${abstracts.length} abstracts, ${bytes.length} bytes, sha256 ${hash}\n`);
