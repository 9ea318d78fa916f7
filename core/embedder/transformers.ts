// items -> vectors by a neural model: Transformers.js, loaded only when EMBEDDER=transformers.
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { messageOf, PermanentError, TemporaryError } from '../errors.ts';
import { downloadModel, type ModelDownload } from './download-model.ts';
import { normalise } from '../math/vectors.ts';
import type { Embedder } from './embedder.ts';

export type ModelConfig = Pick<Config, 'MODEL' | 'MODEL_PATH' | 'MODEL_HUB' | 'DATA_DIR'>;

/** What we use of a feature-extraction pipeline. */
type Extract = (texts: string[], options: object) => Promise<{ dims: number[]; data: Float32Array }>;

/** 8 texts of like length: 52 abstracts/s per core; 64 are slower and take 1.5 GB. */
const batchSize = 8;
/** About 256 tokens, which sentence models were trained on; the library would pad a batch to its longest text. */
const longestText = 1_200;
/** The default, and the one to name in MODEL for other languages. */
const languagesOf = new Map([
  ['Xenova/all-MiniLM-L6-v2', 'English'],
  ['Xenova/paraphrase-multilingual-MiniLM-L12-v2', 'some 50 languages, compared across them'],
]);

/** The name that stands beside the vectors of this model. */
export function modelName({ MODEL }: Pick<ModelConfig, 'MODEL'>): string {
  return `transformers/${MODEL}`;
}

/** The model that a name was made of. */
export function modelOf(name: string): string {
  return name.slice('transformers/'.length);
}

/**
 * Loads the model, which is downloaded first unless MODEL_PATH says where it is. Throws TemporaryError when the hub cannot be
 * reached and PermanentError when package or model are missing, both with what to do.
 */
export async function transformersEmbedder(
  config: ModelConfig,
  onProgress?: ModelDownload['onProgress'],
): Promise<Embedder> {
  const extract = await loadModel(config, onProgress);
  const probe = await extract(['dimension'], { pooling: 'mean', normalize: true });
  const dimension = probe.dims.at(-1)!;
  return {
    name: modelName(config),
    dimension,
    languages: languagesOf.get(config.MODEL) ?? 'those its model card names',
    async embed(texts) {
      const vectors = texts.map(() => new Float32Array(dimension));
      for (const batch of batchesByLength(texts)) {
        const { data } = await extract(
          batch.map((index) => texts[index]!.slice(0, longestText)),
          { pooling: 'mean', normalize: true },
        );
        batch.forEach((index, at) => vectors[index]!.set(data.subarray(at * dimension, (at + 1) * dimension)));
      }
      return vectors.map(normalise);
    },
  };
}

/** Places of the texts in batches of like length, so that little of a batch is padding. */
export function batchesByLength(texts: readonly string[]): number[][] {
  const order = texts.map((_, index) => index).toSorted((a, b) => texts[a]!.length - texts[b]!.length || a - b);
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += batchSize) batches.push(order.slice(start, start + batchSize));
  return batches;
}

async function loadModel(config: ModelConfig, onProgress: ModelDownload['onProgress']): Promise<Extract> {
  const { MODEL, MODEL_PATH, MODEL_HUB, DATA_DIR } = config;
  const directory = MODEL_PATH ?? join(DATA_DIR, 'models');
  try {
    const { env, pipeline } = await import('@huggingface/transformers');
    if (!MODEL_PATH) await downloadModel({ model: MODEL, hub: MODEL_HUB, directory, onProgress });
    env.localModelPath = directory;
    env.allowRemoteModels = false;
    return await pipeline('feature-extraction', MODEL, { dtype: 'q8' });
  } catch (cause) {
    const words = `EMBEDDER=transformers: ${explain(cause, config)}`;
    throw cause instanceof TemporaryError ? new TemporaryError(words, { cause }) : new PermanentError(words, { cause });
  }
}

/** What happened, and what to do. */
function explain(cause: unknown, { MODEL, MODEL_PATH, MODEL_HUB, DATA_DIR }: ModelConfig): string {
  const said = messageOf(cause);
  if (said.includes("'@huggingface/transformers'")) {
    return `its package is not installed (${said}). Run npm install --include=optional, or set EMBEDDER=embedded.`;
  }
  if (MODEL_PATH) {
    return (
      `the model ${MODEL} could not be loaded from MODEL_PATH ${MODEL_PATH}: ${said}. ` + //
      `Set EMBEDDER=embedded, or MODEL_PATH to a directory that holds ${MODEL}/config.json and the rest.`
    );
  }
  return (
    `${said}. What has come is kept in ${join(DATA_DIR, 'models')} and taken up next time. Where ${MODEL_HUB} cannot be reached, ` +
    `copy ${MODEL} there from another machine, set MODEL_PATH to a directory that holds it, MODEL_HUB to a mirror, or EMBEDDER=embedded.`
  );
}
