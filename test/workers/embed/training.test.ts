// The training of the word table on a toy corpus: in a second, the same bytes each time, and words of one subject near one another.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../../workers/embed/training/read-corpus.ts';
import { addPaper, addText, emptyCorpus, type Corpus } from '../../../workers/embed/training/corpus.ts';
import { rowProducts, sparseProduct } from '../../../workers/embed/training/dense-products.ts';
import { trainTable } from '../../../workers/embed/training/train-table.ts';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { readTable, serialiseTable, type WordTable } from '../../../core/embedder/word-table.ts';

const subjects = [
  ['bread', 'flour', 'oven', 'yeast', 'dough', 'crust'],
  ['planet', 'orbit', 'moon', 'comet', 'star', 'telescope'],
];

function toyCorpus(): Corpus {
  const corpus = emptyCorpus();
  const random = seededRandom(7);
  const say = (subject: number, length: number): string =>
    Array.from({ length }, () => subjects[subject]![Math.floor(random() * 6)]).join(' of the ');
  for (let at = 0; at < 120; at++) {
    addPaper(corpus, { title: say(at % 2, 3), abstract: say(at % 2, 30), categories: [`c${at % 2}`] });
    addText(corpus, { id: `t${at}#0`, title: say(at % 2, 2), text: say(at % 2, 40) });
    addText(corpus, {
      id: `oewn-${at}`,
      title: `${subjects[at % 2]![at % 6]}, ${subjects[at % 2]![(at + 1) % 6]}`,
      text: say(at % 2, 6),
    });
  }
  return corpus;
}

const recipe = { words: 50, buckets: 64, dimension: 8, steps: 60, batch: 16, seed: 1 };
const train = (corpus: Corpus): Buffer => serialiseTable(trainTable(corpus, recipe, () => undefined));

function cosine({ words, rows, dimension }: WordTable, a: string, b: string): number {
  const [x, y] = [a, b].map((word) => {
    const row = words.indexOf(word);
    return rows.subarray(row * dimension, (row + 1) * dimension);
  });
  const dot = (u: Int8Array, v: Int8Array): number => u.reduce((sum, value, at) => sum + value * v[at]!, 0);
  return dot(x!, y!) / Math.sqrt(dot(x!, x!) * dot(y!, y!));
}

describe('the training', () => {
  it('gives the same bytes each time, and words of one subject nearer than others', () => {
    const bytes = train(toyCorpus());
    expect(train(toyCorpus()).equals(bytes)).toBe(true);
    const table = readTable(bytes);
    expect(table.words).toEqual(expect.arrayContaining(['the', 'of', ...subjects.flat()]));
    expect(cosine(table, 'bread', 'flour')).toBeGreaterThan(cosine(table, 'bread', 'planet') + 0.1);
  });

  it('reads gzipped lines in the order of the files, and says when there are none', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'courant-corpus-'));
    await expect(readCorpus(directory, () => undefined)).rejects.toThrow(/holds no arxiv-/);
    const gzip = (name: string, ...lines: object[]): void =>
      writeFileSync(join(directory, name), gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    gzip(
      'general.jsonl.gz',
      { id: 'a#0', title: 'Ovens', text: 'Bread' },
      { id: 'oewn-1', title: 'loaf, bun', text: 'Bread' },
    );
    gzip('arxiv-00.jsonl.gz', { title: 'Moons', abstract: 'Orbits', categories: ['astro-ph.EP'] });
    const names: string[] = [];
    const { papers, texts, titled, synsets } = await readCorpus(directory, (name) => void names.push(name));
    expect(names).toEqual(['arxiv-00.jsonl.gz', 'general.jsonl.gz']);
    expect([papers.length, texts.length, titled.length, synsets[0]!.lemmas.length]).toEqual([1, 1, 1, 2]);
    rmSync(directory, { recursive: true });
  });

  it.each([1, 2, 5, 9])('multiplies %i rows as one by one', (count) => {
    const random = seededRandom(count);
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: count * 4 }, () => random() - 0.5)) as [
      Float64Array,
      Float64Array,
    ];
    const products = rowProducts(a, b, 4);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        let sum = 0;
        for (let d = 0; d < 4; d++) sum += a[i * 4 + d]! * b[j * 4 + d]!;
        expect(products[i * count + j]).toBeCloseTo(sum, 12);
      }
    }
    const back = sparseProduct(products, b, { dimension: 4, least: 0, transposed: true });
    let expected = 0;
    for (let j = 0; j < count; j++) expected += products[j * count]! * b[j * 4]!;
    expect(back[0]).toBeCloseTo(expected, 12);
  });
});
