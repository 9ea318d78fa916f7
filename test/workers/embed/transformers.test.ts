import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import { describeEmbedder } from '../../../workers/embed/describe.ts';
import { batchesByLength, transformersEmbedder } from '../../../core/embedder/transformers.ts';
import { openModelHub } from './model-hub.ts';
import { isInstalled, writeTinyModel } from './tiny-model.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'courant-model-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const configOf = (more: Record<string, string>) =>
  parseConfig({ EMBEDDER: 'transformers', MODEL: 'us/tiny', DATA_DIR: directory, ...more });

describe.skipIf(!isInstalled)('a model in MODEL_PATH', () => {
  it('is loaded without a network and embeds, padding left out of account', async () => {
    writeTinyModel(directory, 'us/tiny');
    const embedder = await transformersEmbedder(configOf({ MODEL_PATH: directory, MODEL_HUB: 'http://127.0.0.1:9' }));
    expect(embedder).toMatchObject({ name: 'transformers/us/tiny', dimension: 4 });
    const vectors = await embedder.embed(['Graphs', 'graphs networks', 'bread bread bread']);
    const expected = [
      [1, 0, 0, 0],
      [0.9487, 0.3162, 0, 0],
      [0, 0, 1, 0],
    ];
    vectors.forEach((vector, at) => vector.forEach((value, d) => expect(value).toBeCloseTo(expected[at]![d]!, 3)));
  });

  it('that is not there is a permanent error which says what to do', async () => {
    const opening = transformersEmbedder(configOf({ MODEL: 'nobody/no-model', MODEL_PATH: '/nowhere' }));
    await expect(opening).rejects.toThrow(PermanentError);
    await expect(opening).rejects.toThrow(/nobody\/no-model .*MODEL_PATH \/nowhere.*Set EMBEDDER=embedded/s);
  });

  it('is described to the doctor by name, dimension, languages and speed', async () => {
    writeTinyModel(directory, 'us/tiny');
    expect(await describeEmbedder(configOf({ MODEL_PATH: directory }))).toMatch(
      /^transformers\/us\/tiny, 4 dimensions; those its model card names; [\d,]+ abstracts\/s a core$/,
    );
  });
});

describe.skipIf(!isInstalled)('a model on the hub', () => {
  it('is downloaded once, each piece told, and read from DATA_DIR after', async () => {
    const hub = await openModelHub();
    const told: string[] = [];
    const config = configOf({ MODEL_HUB: hub.url });
    await transformersEmbedder(config, (file, done, total) => void told.push(`${file} ${done === total}`));
    expect(hub.asked).toEqual(['config.json', 'tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx']);
    expect(told.at(-1)).toBe('onnx/model_quantized.onnx true');
    hub.close();
    expect((await transformersEmbedder(config)).dimension).toBe(4);
    expect(hub.asked).toHaveLength(4);
  });

  it('whose download broke off is taken up where it was', async () => {
    const hub = await openModelHub();
    hub.breakAfter = 200;
    // The first file is shorter than 200 bytes.
    const parts = ['tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'].map((file) =>
      join(directory, 'models/us/tiny', `${file}.part`),
    );
    hub.isKept = () => parts.some((part) => statSync(part, { throwIfNoEntry: false })?.size === 200);
    const config = configOf({ MODEL_HUB: `${hub.url}/` });
    const broken = transformersEmbedder(config);
    await expect(broken).rejects.toThrow(TemporaryError);
    await expect(broken).rejects.toThrow(/could not be downloaded from .*taken up next time/s);
    hub.breakAfter = Infinity;
    expect((await transformersEmbedder(config)).dimension).toBe(4);
    expect(hub.asked.filter((asked) => asked.includes('bytes'))).toEqual([expect.stringMatching(/ bytes=200-$/)]);
    expect(readdirSync(join(directory, 'models/us/tiny'), { recursive: true })).not.toContainEqual(
      expect.stringMatching(/part|etag/),
    );
    hub.close();
  });

  it('that cannot be reached is a temporary error which says what to do without it', async () => {
    const opening = transformersEmbedder(configOf({ MODEL_HUB: 'http://127.0.0.1:9' }));
    await expect(opening).rejects.toThrow(TemporaryError);
    await expect(opening).rejects.toThrow(/127\.0\.0\.1:9.*MODEL_PATH.*MODEL_HUB to a mirror, or EMBEDDER=embedded/s);
  });

  it('that the hub does not have is a permanent error', async () => {
    const hub = await openModelHub();
    const opening = transformersEmbedder(configOf({ MODEL: 'us/none', MODEL_HUB: hub.url }));
    await expect(opening).rejects.toThrow(PermanentError);
    await expect(opening).rejects.toThrow(/us\/none.*does not exist/s);
    hub.close();
  });
});

it('texts go in batches of like length, eight at most, and none is lost', () => {
  const texts = Array.from({ length: 19 }, (_, index) => 'x'.repeat((index * 7) % 19));
  const batches = batchesByLength(texts);
  expect(batches.map((batch) => batch.length)).toEqual([8, 8, 3]);
  expect(batches.flat().map((index) => texts[index]!.length)).toEqual(
    Array.from({ length: 19 }, (_, length) => length),
  );
});
