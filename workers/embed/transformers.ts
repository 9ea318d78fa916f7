// items -> vectors by a neural model: Transformers.js, loaded only when EMBEDDER=transformers.
import type { Config } from '../../core/config.ts';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { normalise, type Embedder } from './embedder.ts';

type ModelConfig = Pick<Config, 'MODEL' | 'MODEL_PATH'>;

/** What we use of a feature-extraction pipeline. */
type Extract = (texts: string[], options: object) => Promise<{ dims: number[]; data: Float32Array }>;

/** 8 texts of like length: 52 abstracts/s per core; 64 are slower and take 1.5 GB. */
const batchSize = 8;
/** About 256 tokens, which sentence models were trained on; the library would pad a batch to its longest text. */
const longestText = 1_200;

/** The name that stands beside the vectors of this model. */
export function modelName({ MODEL }: ModelConfig): string {
  return `transformers/${MODEL}`;
}

/** The model that a name was made of. */
export function modelOf(name: string): string {
  return name.slice('transformers/'.length);
}

/** Loads the model; throws PermanentError with what to do when package, hub or folder cannot be reached. */
export async function transformersEmbedder(config: ModelConfig): Promise<Embedder> {
  const extract = await loadModel(config);
  const probe = await extract(['dimension'], { pooling: 'mean', normalize: true });
  const dimension = probe.dims.at(-1)!;
  return {
    name: modelName(config),
    dimension,
    languages: 'those of the model',
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

async function loadModel({ MODEL, MODEL_PATH }: ModelConfig): Promise<Extract> {
  try {
    const { env, pipeline } = await import('@huggingface/transformers');
    if (MODEL_PATH) {
      env.localModelPath = MODEL_PATH;
      env.allowRemoteModels = false;
    }
    return await pipeline('feature-extraction', MODEL, { dtype: 'q8' });
  } catch (cause) {
    const from = MODEL_PATH ? `in MODEL_PATH ${MODEL_PATH}` : 'on the model hub';
    throw new PermanentError(
      `EMBEDDER=transformers: the model ${MODEL} could not be loaded ${from}: ${messageOf(cause)}. ` +
        `Set EMBEDDER=embedded, or MODEL_PATH to a folder that holds ${MODEL}.`,
      { cause },
    );
  }
}
