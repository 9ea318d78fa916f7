// items -> vectors: new texts at once with the embedder in use; all texts, in the background, with the one that follows it.
import { setImmediate } from 'node:timers/promises';
import { measureElapsed } from '../../core/elapsed.ts';
import { messageOf } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { hasItemsWithoutStory, windowStart } from '../../core/store/stories.ts';
import { deleteRetired, setInUse, switchTo, type VectorSet } from '../../core/store/vector-sets.ts';
import {
  beforeAllTexts,
  saveVectors,
  textsToEmbed,
  type TextPosition,
  type TextToEmbed,
} from '../../core/store/vectors.ts';
import { untilStopped } from '../../core/threads.ts';
import type { Embedder } from '../../core/embedder/embedder.ts';
import { indexTexts } from './index-texts.ts';
import { nextSet } from './next-set.ts';
import { modelInUse, openSet } from '../../core/embedder/open-embedder.ts';
import { hourMs } from '../../core/time.ts';

/** Large enough to save in few statements. */
const batchSize = 200;
/** As many as a neural model takes at once, of like length; a few milliseconds of the embedded one. Pages are answered before the next. */
const sliceSize = 8;
/** While a set is being filled, new items wait this long at most. */
const lookForNewMs = 5_000;

/** Answers `items.embed` and `search.index`. */
export function embedHandlers(house: House): Handlers {
  return {
    'items.embed': (_nothing, stop) => untilStopped(stop, () => embedItems(house, stop)),
    'search.index': (_nothing, stop) => untilStopped(stop, () => indexNew(house, stop)),
  };
}

async function embedItems(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, now, queue } = house;
  const before = new Date(now().getTime() - config.KEEP_OLD_VECTORS_HOURS * hourMs);
  await deleteRetired(db, { before, stop });
  const embedded = await embedNew(house, stop);
  const next = await nextSet(house, stop);
  const switched = next !== undefined && (await fillAndSwitch(house, next, stop));
  if (!switched && embedded > 0) return;
  // Asked even when nothing was embedded: the job of an earlier round may have been lost.
  const waiting = { model: await modelInUse(house), since: windowStart(now()) };
  if (switched || (await hasItemsWithoutStory(db, waiting))) await queue.enqueue('stories.find', {});
}

async function indexNew(house: House, stop: AbortSignal): Promise<void> {
  const elapsedMs = measureElapsed();
  const indexed = await indexTexts(house, stop);
  if (indexed > 0) house.log.info({ event: 'texts.indexed', indexed, ms: elapsedMs() });
}

/** Gives new texts a vector of the set in use, so that they need not wait for the next one; says how many. */
async function embedNew(house: House, stop: AbortSignal): Promise<number> {
  const { db, log, queue } = house;
  const set = await setInUse(db);
  if (!set) return 0;
  const elapsedMs = measureElapsed();
  const embedder = await openSet(house, set).catch((error: unknown) => {
    // What made them is gone or of another version; the set that follows has the new texts too.
    log.warn({ event: 'vectors.not_added', model: set.model, message: messageOf(error) });
  });
  if (!embedder) return 0;
  let embedded = 0;
  const reading = { after: beforeAllTexts };
  for (let count = -1; count !== 0 && !stop.aborted; embedded += count) count = await embedBatch(house, { embedder, reading, stop }); // prettier-ignore
  if (embedded === 0) return 0;
  log.info({ event: 'items.embedded', model: set.model, embedded, ms: elapsedMs() });
  await queue.enqueue('stories.find', {});
  return embedded;
}

/** Fills the set batch by batch, from wherever an earlier run was cut off; true when nothing was missing and it is in use. */
async function fillAndSwitch(house: House, set: VectorSet, stop: AbortSignal): Promise<boolean> {
  const { db, log, now } = house;
  const elapsedMs = measureElapsed();
  const embedder = await openSet(house, set);
  const reading = { after: beforeAllTexts };
  let embedded = 0;
  let sinceLookMs = measureElapsed();
  while (!stop.aborted) {
    const count = await embedBatch(house, { embedder, reading, stop });
    embedded += count;
    if (count === 0 && !stop.aborted && (await switchTo(db, { model: set.model, at: now() }))) break;
    if (sinceLookMs() < lookForNewMs) continue;
    await embedNew(house, stop);
    sinceLookMs = measureElapsed();
  }
  if (stop.aborted) return false;
  log.info({ event: 'vectors.switched', model: set.model, embedded, ms: elapsedMs() });
  return true;
}

interface Embedding {
  embedder: Embedder;
  /** Moves on with each batch. */
  reading: { after: TextPosition };
  stop: AbortSignal;
}

/** Embeds the next texts that lack a vector of the embedder, at most `batchSize`; says how many there were. None are left when it says 0. */
async function embedBatch({ db }: House, { embedder, reading, stop }: Embedding): Promise<number> {
  const next = () => textsToEmbed(db, { model: embedder.name, after: reading.after, limit: batchSize });
  let found = await next();
  if (found.length === 0 && reading.after !== beforeAllTexts) {
    // What came or changed behind the place meanwhile.
    reading.after = beforeAllTexts;
    found = await next();
  }
  reading.after = found.at(-1) ?? beforeAllTexts;
  const texts = found.toSorted((a, b) => a.text.length - b.text.length);
  const rows: Parameters<typeof saveVectors>[2] = [];
  for (let start = 0; start < texts.length && !stop.aborted; start += sliceSize) {
    rows.push(...(await embedSlice(embedder, texts.slice(start, start + sliceSize))));
    await setImmediate();
  }
  if (rows.length > 0) await saveVectors(db, embedder.name, rows);
  return rows.length;
}

async function embedSlice(embedder: Embedder, texts: readonly TextToEmbed[]) {
  const vectors = await embedder.embed(texts.map(({ text }) => text));
  return texts.map(({ itemId, segment, contentHash }, at) => {
    return { itemId, segment, contentHash, vector: vectors[at]! };
  });
}
