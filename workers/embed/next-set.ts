// Config, corpus and the set in use -> the set of vectors that should follow it: another embedder, or a newer fit.
import type { House } from '../../core/house.ts';
import {
  confirmFit,
  fitOf,
  setBeingFilled,
  setInUse,
  startFilling,
  stopFilling,
  type VectorSet,
} from '../../core/store/vector-sets.ts';
import { corpusTexts, countItems } from '../../core/store/vectors.ts';
import { runInThread } from '../../core/threads.ts';
import { embeddedEmbedder } from '../../core/embedder/embedded.ts';
import { deserialiseFit, nameFit, serialiseFit } from '../../core/embedder/fit-state.ts';
import { openSet } from '../../core/embedder/open-embedder.ts';
import { openWordTable } from '../../core/embedder/open-word-table.ts';
import { modelName } from '../../core/embedder/transformers.ts';

/** The newest items that a fit looks at: 6 s of one core, and a field's words of some months. */
const largestCorpus = 10_000;
/** A fit ages by the words it has not seen: half as many items again, or 10,000 of a large corpus. */
const growth = { factor: 1.5, items: 10_000 };
/** Below this a fit and all its vectors take under a second: a first day in which sources come one by one. */
const smallCorpus = 500;

/** True when a fit on `seen` items should be followed by one on `items`. */
export function isFitDue(seen: number, items: number): boolean {
  if (items < smallCorpus) return items > seen;
  return items >= Math.min(seen * growth.factor, seen + growth.items);
}

/** The set to fill now, begun if need be; undefined when the one in use is right. */
export async function nextSet(house: House, stop: AbortSignal): Promise<VectorSet | undefined> {
  const { db, config, now } = house;
  const [inUse, filling] = [await setInUse(db), await setBeingFilled(db)];
  if (filling && (await isWanted(house, filling))) return filling;
  if (filling) await stopFilling(db);
  if (config.EMBEDDER === 'transformers') {
    if (inUse && (await isWanted(house, inUse))) return undefined;
    const model = modelName(config);
    const { dimension } = await openSet(house, { model, embedder: 'transformers' });
    await startFilling(db, { model, embedder: 'transformers', dimension, items: 0, fit: null }, now());
    return setBeingFilled(db);
  }
  const items = await countItems(db);
  if (items === 0) return undefined;
  if (inUse && (await isWanted(house, inUse)) && !isFitDue(inUse.items, items)) return undefined;
  return fitAnew(house, { items, inUse }, stop);
}

/** True for a set of the configured embedder that this version of Courant can add to. */
async function isWanted({ db, config }: House, { model, embedder }: VectorSet): Promise<boolean> {
  if (embedder !== config.EMBEDDER) return false;
  if (embedder === 'transformers') return model === modelName(config);
  const fit = await fitOf(db, model);
  return fit !== undefined && deserialiseFit(fit)?.table === openWordTable().digest;
}

async function fitAnew(
  { db, now }: House,
  { items, inUse }: { items: number; inUse: VectorSet | undefined },
  stop: AbortSignal,
): Promise<VectorSet | undefined> {
  const fit = await runInThread<typeof import('./fit-corpus.ts'), 'fitCorpus'>({
    file: new URL('fit-corpus.ts', import.meta.url),
    name: 'fitCorpus',
    pool: 'stories',
    input: await corpusTexts(db, largestCorpus),
    stop,
  });
  const state = serialiseFit(fit);
  const model = nameFit(state);
  if (model === inUse?.model) {
    await confirmFit(db, { model, items });
    return undefined;
  }
  const { dimension } = embeddedEmbedder(model, fit, openWordTable());
  await startFilling(db, { model, embedder: 'embedded', dimension, items, fit: state }, now());
  return setBeingFilled(db);
}
