// The embedder in use: chosen by the config, with the fit that the stored vectors come from.
import type { House } from '../../core/house.ts';
import { newestFit, newestFitName } from '../../core/store/vectors.ts';
import { embeddedEmbedder } from './embedded.ts';
import type { Embedder } from './embedder.ts';
import { emptyFit } from './fit.ts';
import { deserialiseFit, nameFit, serialiseFit } from './fit-state.ts';
import { openWordTable } from './open-word-table.ts';
import { modelName, transformersEmbedder } from './transformers.ts';

export type EmbedderPlace = Pick<House, 'db' | 'config'>;

/** Fits are named by their content, so a process may keep the last one it read. */
const opened = new WeakMap<EmbedderPlace['db'], Embedder>();

/**
 * The embedder whose vectors are in the table: interests and section labels are embedded with it, to be compared to them.
 * Before the first fit it is the embedded one without a fit, whose vectors are never stored.
 */
export async function openEmbedder({ db, config }: EmbedderPlace): Promise<Embedder> {
  const name = await modelInUse({ db, config });
  const kept = opened.get(db);
  if (kept && kept.name === name) return kept;
  const embedder = config.EMBEDDER === 'transformers' ? await transformersEmbedder(config) : await lastFitted(db);
  opened.set(db, embedder);
  return embedder;
}

/** The name that stands beside the vectors in use, without loading what made them. */
export async function modelInUse({ db, config }: EmbedderPlace): Promise<string> {
  if (config.EMBEDDER === 'transformers') return modelName(config);
  return (await newestFitName(db, 'embedded')) ?? unfittedName();
}

const unfittedName = (): string => nameFit(serialiseFit(emptyFit(openWordTable())));

async function lastFitted(db: EmbedderPlace['db']): Promise<Embedder> {
  const stored = await newestFit(db, 'embedded');
  const fit = stored && deserialiseFit(stored.state);
  const table = openWordTable();
  return stored && fit
    ? embeddedEmbedder(stored.model, fit, table)
    : embeddedEmbedder(unfittedName(), emptyFit(table), table);
}
