// The embedder of a set of vectors, with the fit that they come from.
import { measureElapsed } from '../elapsed.ts';
import type { House } from '../house.ts';
import { TemporaryError } from '../errors.ts';
import { fitOf, setInUse, type VectorSet } from '../store/vector-sets.ts';
import type { ModelDownload } from './download-model.ts';
import { embeddedEmbedder } from './embedded.ts';
import type { Embedder } from './embedder.ts';
import { emptyFit } from './fit.ts';
import { deserialiseFit, nameFit, serialiseFit } from './fit-state.ts';
import { openWordTable } from './open-word-table.ts';
import { modelOf, transformersEmbedder } from './transformers.ts';

export type EmbedderContext = Pick<House, 'db' | 'config'> & Partial<Pick<House, 'log'>>;

/** Sets are named by their content, so a process may keep those it opened: the one in use and the one being filled. */
const opened = new WeakMap<EmbedderContext['db'], Embedder[]>();
const mostOpened = 2;

/**
 * The embedder whose vectors are in use: interests and section labels are embedded with it, to be compared to them.
 * Before the first set it is the embedded one without a fit, whose vectors are never stored. Throws TemporaryError
 * while the vectors in use are of another version of the word table.
 */
export async function openEmbedder(context: EmbedderContext): Promise<Embedder> {
  const set = await setInUse(context.db);
  if (set) return openSet(context, set);
  const table = openWordTable();
  return embeddedEmbedder(unfittedName(), emptyFit(table), table);
}

/** The name that stands beside the vectors in use, without loading what made them. */
export async function modelInUse({ db }: Pick<EmbedderContext, 'db'>): Promise<string> {
  return (await setInUse(db))?.model ?? unfittedName();
}

/** The embedder that makes the vectors of this set. */
export async function openSet(
  { db, config, log }: EmbedderContext,
  { model, embedder }: Pick<VectorSet, 'model' | 'embedder'>,
): Promise<Embedder> {
  const kept = opened.get(db) ?? [];
  const found = kept.find(({ name }) => name === model);
  if (found) return found;
  const made =
    embedder === 'transformers'
      ? await transformersEmbedder({ ...config, MODEL: modelOf(model) }, logEach10Seconds(log))
      : await fittedEmbedder(db, model);
  opened.set(db, [made, ...kept].slice(0, mostOpened));
  return made;
}

function logEach10Seconds(log: EmbedderContext['log']): ModelDownload['onProgress'] {
  let sinceToldMs: (() => number) | undefined;
  return (file, done, total) => {
    if (sinceToldMs && sinceToldMs() < 10_000) return;
    sinceToldMs = measureElapsed();
    log?.info({ event: 'model.downloading', file, done, total });
  };
}

async function fittedEmbedder(db: EmbedderContext['db'], model: string): Promise<Embedder> {
  const state = await fitOf(db, model);
  const fit = state && deserialiseFit(state);
  const table = openWordTable();
  if (fit?.table === table.digest) return embeddedEmbedder(model, fit, table);
  throw new TemporaryError(
    `the vectors in use (${model}) are of another version of Courant; they are being made anew, which \`courant doctor\` shows`,
    { retryAfterMs: 60_000 },
  );
}

function unfittedName(): string {
  return nameFit(serialiseFit(emptyFit(openWordTable())));
}
