// a directory of gzipped JSON lines -> the corpus, one line in memory at a time.
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { addPaper, addText, emptyCorpus, type Corpus, type PaperRecord, type TextRecord } from './corpus.ts';

/** Reads `arxiv-*.jsonl.gz` and `general*.jsonl.gz` in the order of their names; throws when there is none. */
export async function readCorpus(
  directory: string,
  onFile: (name: string, at: number, of: number) => void,
): Promise<Corpus> {
  const corpus = emptyCorpus();
  const names = (await readdir(directory)).filter((name) => /^(?:arxiv|general).*\.jsonl\.gz$/.test(name)).toSorted();
  if (names.length === 0) throw new Error(`${directory} holds no arxiv-*.jsonl.gz and no general*.jsonl.gz`);
  for (const [at, name] of names.entries()) {
    onFile(name, at, names.length);
    for await (const line of linesOf(join(directory, name))) {
      if (name.startsWith('arxiv')) addPaper(corpus, JSON.parse(line) as PaperRecord);
      else addText(corpus, JSON.parse(line) as TextRecord);
    }
  }
  return corpus;
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity });
}
