import { expect, it } from 'vitest';
import { PermanentError } from '../../../core/errors.ts';
import { batchesByLength, transformersEmbedder } from '../../../workers/embed/transformers.ts';

it('says what to do when the model is not in its folder', async () => {
  const opening = transformersEmbedder({ MODEL: 'nobody/no-model', MODEL_PATH: '/nowhere' });
  await expect(opening).rejects.toThrow(PermanentError);
  await expect(opening).rejects.toThrow(/nobody\/no-model .*MODEL_PATH \/nowhere.*Set EMBEDDER=embedded/s);
});

it('batches texts of like length, eight at most, and loses none', () => {
  const texts = Array.from({ length: 19 }, (_, index) => 'x'.repeat((index * 7) % 19));
  const batches = batchesByLength(texts);
  expect(batches.map((batch) => batch.length)).toEqual([8, 8, 3]);
  expect(batches.flat().map((index) => texts[index]!.length)).toEqual(
    Array.from({ length: 19 }, (_, length) => length),
  );
});
