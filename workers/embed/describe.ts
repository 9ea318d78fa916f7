// The config -> one line on what will make the vectors, for `courant doctor`.
import type { Config } from '../../core/config.ts';
import { transformersEmbedder } from './transformers.ts';

/** Says what embeds; loads the neural model to see that it can, and throws PermanentError when it cannot. */
export async function describeEmbedder(config: Pick<Config, 'EMBEDDER' | 'MODEL' | 'MODEL_PATH'>): Promise<string> {
  if (config.EMBEDDER === 'embedded') return 'embedded: the shipped word table, fitted on the own items; no download';
  const { name, dimension } = await transformersEmbedder(config);
  return `${name}, ${dimension} dimensions`;
}
