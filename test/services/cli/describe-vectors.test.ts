import { expect, it } from 'vitest';
import { describeVectors } from '../../../services/cli/describe-vectors.ts';
import { drawBar } from '../../../services/cli/progress.ts';

const inUse = { model: 'embedded/1b9c02fe', embedder: 'embedded', dimension: 384, items: 612 } as const;
const neural = { model: 'transformers/a/b', embedder: 'transformers', dimension: 384, items: 0 } as const;

it.each([
  [{ inUse: undefined, filling: undefined }, 'none yet'],
  [{ inUse, filling: undefined }, 'embedded/1b9c02fe in use, fitted on 612 items'],
  [
    { inUse, filling: { ...neural, done: 40, texts: 900 } },
    'embedded/1b9c02fe in use, fitted on 612 items; 40 of 900 of transformers/a/b made, to be used when complete',
  ],
])('says which vectors are in use and which will be', (progress, words) => {
  expect(describeVectors(progress)).toBe(words);
});

it.each([
  [0, 23_000_000, '.................... 0% of 23 MB'],
  [6_900_000, 23_000_000, '######.............. 30% of 23 MB'],
  [23_000_000, 23_000_000, '#################### 100% of 23 MB'],
])('draws %i of %i bytes', (done, total, bar) => {
  expect(drawBar(done, total)).toBe(bar);
});
