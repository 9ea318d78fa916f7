// items -> vectors: every item and segment without a vector of the model in use gets one.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { hasItemsWithoutStory, windowStart } from '../../core/store/stories.ts';
import {
  corpusTexts,
  countItems,
  keepOnlyModel,
  newestFit,
  replaceFit,
  saveVectors,
  textsToEmbed,
} from '../../core/store/vectors.ts';
import { runInThread, untilStopped } from '../threads.ts';
import { embeddedEmbedder } from './embedded.ts';
import type { Embedder } from './embedder.ts';
import type { Fit } from './fit.ts';
import { deserialiseFit, nameFit, serialiseFit } from './fit-state.ts';
import { openEmbedder } from './open-embedder.ts';
import { openWordTable } from './open-word-table.ts';

/** Large enough to save in few statements, small enough that pages are answered in between. */
const batchSize = 200;
/** A fit on this many of the newest items is as good as one on all. */
const largestCorpus = 4_000;
const growthForRefit = 1.5;
/** Below this a fit takes under two seconds and every item changes it: a first day in which sources come one by one. */
const smallCorpus = 500;

/** Answers `items.embed`. */
export function embedHandlers(house: House): Handlers {
  return { 'items.embed': (_nothing, stop) => untilStopped(stop, () => embedItems(house, stop)) };
}

async function embedItems(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, log, now, queue } = house;
  const started = Date.now();
  const refitted = config.EMBEDDER === 'embedded' && (await isFitDue(house)) ? await refit(house, stop) : undefined;
  const { model, embedded } = refitted ?? (await embedMissing(house, await openEmbedder(house), stop));
  if (embedded > 0) {
    if (!refitted && !stop.aborted) await keepOnlyModel(db, model);
    log.info({ event: 'items.embedded', model, embedded, refitted: refitted !== undefined, ms: Date.now() - started });
  }
  // Asked even when nothing was embedded: the bell of an earlier round may have been lost.
  if (embedded > 0 || (await hasItemsWithoutStory(db, { model, since: windowStart(now()) }))) {
    await queue.ring('stories.find', {});
  }
}

/** A fit is due when there is none to read, when a small corpus grew, when a large one grew by half (up to `largestCorpus`). */
async function isFitDue({ db }: House): Promise<boolean> {
  const items = await countItems(db);
  const last = await newestFit(db, 'embedded');
  if (!last || deserialiseFit(last.state)?.table !== openWordTable().digest) return items > 0;
  if (items < smallCorpus) return items > last.items;
  return items >= last.items * growthForRefit && last.items < largestCorpus;
}

/**
 * Learns from the corpus, embeds everything with the new fit, and only then puts it in place of the old one:
 * whoever compares vectors meanwhile goes on with the old fit and its vectors.
 */
async function refit(house: House, stop: AbortSignal): Promise<{ model: string; embedded: number }> {
  const { db } = house;
  const items = await countItems(db);
  const texts = await corpusTexts(db, largestCorpus);
  const fit = await runInThread<string[], Fit>({
    file: new URL('fit-corpus.ts', import.meta.url),
    name: 'fitCorpus',
    input: texts,
    stop,
  });
  const state = serialiseFit(fit);
  const result = await embedMissing(house, embeddedEmbedder(nameFit(state), fit, openWordTable()), stop);
  if (!stop.aborted) await replaceFit(db, { model: result.model, items, state });
  return result;
}

async function embedMissing(
  { db }: House,
  embedder: Embedder,
  stop: AbortSignal,
): Promise<{ model: string; embedded: number }> {
  let embedded = 0;
  while (!stop.aborted) {
    const texts = await textsToEmbed(db, embedder.name, batchSize);
    if (texts.length === 0) break;
    const vectors = await embedder.embed(texts.map(({ text }) => text));
    const rows = texts.map(({ itemId, segment, contentHash }, at) => ({
      itemId,
      segment,
      contentHash,
      vector: vectors[at]!,
    }));
    await saveVectors(db, embedder.name, rows);
    embedded += texts.length;
    await new Promise(setImmediate);
  }
  return { model: embedder.name, embedded };
}
