// The way of a check, a straight line: due -> fetch -> read (in a thread) -> store -> say when next. Each kind of source has its
// own way to be asked and read, in kinds/; everything else is the same for all.
import { measureElapsed } from '../../core/elapsed.ts';
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { sourceKinds } from '../../core/source-kinds.ts';
import { recentDates } from '../../core/store/items.ts';
import { followMove } from '../../core/store/source-moves.ts';
import { recordChecks, recordGone, type SourceToCheck } from '../../core/store/sources.ts';
import { believeMove } from './politeness/believe-move.ts';
import { fetchSource, type FetchContext } from './fetch-source.ts';
import { readInThread, type Reading } from './read-in-thread.ts';
import { nextCheck, nextCheckAfterFailure } from './politeness/retry-schedule.ts';
import { openKind, type Outcome, type SourceResponse, type FollowUpJob, type KindOfSource } from './source-kind.ts';
import { judgeRhythm } from './politeness/source-rhythm.ts';
import { storeReading, type StoredCounts } from './store-reading.ts';

/**
 * Looks at a source that was leased. Whatever goes wrong is on its row afterwards, with the time of the next try; a bug is
 * logged with its stack as well. Returns the jobs its news lead to.
 */
export async function checkSource(house: House, source: SourceToCheck, checking: FetchContext): Promise<FollowUpJob[]> {
  const { stop } = checking;
  const elapsedMs = measureElapsed();
  try {
    const kind = await openKind(source.kind);
    const outcome = await fetchSource(kind, source, { ...checking, db: house.db });
    if (outcome.is !== 'response') return await recordNoResponse(house, source, { outcome, checking });
    const reading = await readResponse({ kind, source, response: outcome, checking });
    const at = house.now();
    const stored = await storeReading(house, source, { reading, at, stop });
    const health = await sayWhenNext(house, source, { kind, response: outcome, reading, stored, at, checking });
    house.log.info({ event: 'source.checked', sourceId: source.id, ...stored, health, ms: elapsedMs() });
    return stored.added + stored.changed > 0 ? ['items.embed', ...(kind.followUps ?? [])] : [];
  } catch (error) {
    if (!stop.aborted) await recordFailure(house, source, { error, record: checking.record });
    return [];
  }
}

interface CheckedResponse {
  kind: KindOfSource;
  source: SourceToCheck;
  response: SourceResponse;
  checking: FetchContext;
}

/** Undefined when nothing changed and nothing was missed. */
async function readResponse({
  kind,
  source,
  response,
  checking: { now, stop },
}: CheckedResponse): Promise<Reading | undefined> {
  const { body, contentType, url, missed } = response;
  if (body === undefined && missed.length === 0) return undefined;
  const context = {
    url: kind.baseOf?.(source.url) ?? source.url,
    fixedLanguage: source.language,
    now: now(),
  };
  const isFirst = source.lastSuccessAt === null;
  return readInThread({ kind: source.kind, body, contentType, url, missed, isFirst, context }, stop);
}

/** Writes down how the source fares, when it is looked at next, and where it has moved to; when nothing changed, a share of one statement. */
async function sayWhenNext(
  { db, log }: House,
  source: SourceToCheck,
  { kind, response, reading, stored, at, checking }: Omit<CheckedResponse, 'source'> & { reading: Reading | undefined; stored: StoredCounts; at: Date }, // prettier-ignore
) {
  const { body, etag, lastModified, headers, permanentUrl, feedUrl } = response;
  const published = stored.added > 0 ? await recentDates(db, source.id) : source.dates;
  const health = judgeHealth(source, { kind, reading, published, at });
  // A response "not modified" does not say again what the publisher asks for.
  const hints = body === undefined ? source.asked : (reading?.asked ?? source.asked);
  const nextCheckAt = nextCheck(source, at, { ...hints, headers, published });
  const { isBelieved, ...move } = believeMove(source, permanentUrl);
  const title = reading?.title ? { title: reading.title } : {};
  const check = { sourceId: source.id, at, nextCheckAt, health, asked: hints, etag, lastModified, ...move, ...title };
  const to = feedUrl ?? (isBelieved ? move.movedTo : null);
  if (to === null) {
    await checking.record(check);
    return health;
  }
  // Together: a source that has delivered a feed and still stands at the page that named it would be broken for days.
  await db.transaction(async (tx) => {
    await recordChecks(tx, [check]);
    await followMove(tx, { sourceId: source.id, to, by: feedUrl ? 'page' : 'redirect', at });
  });
  log.info({ event: 'source.moved', sourceId: source.id });
  return health;
}

function judgeHealth(
  source: SourceToCheck,
  { kind, reading, published, at }: { kind: KindOfSource; reading: Reading | undefined; published: readonly Date[]; at: Date }, // prettier-ignore
) {
  if (sourceKinds[source.kind].hasNoItems) return 'ok';
  const rhythm = judgeRhythm(published, at);
  return kind.judge ? kind.judge({ source, feed: reading, rhythm }) : rhythm;
}

/** It has ended, or a page stands where it was. */
async function recordNoResponse(
  { db, log, now }: House,
  source: SourceToCheck,
  { outcome, checking: { record } }: { outcome: Exclude<Outcome, SourceResponse>; checking: FetchContext },
): Promise<never[]> {
  const at = now();
  if (outcome.is === 'gone') {
    await recordGone(db, { sourceId: source.id, at });
    log.warn({ event: 'source.gone', sourceId: source.id });
    return [];
  }
  const { names, move } = outcome;
  const nextCheckAt = nextCheckAfterFailure(source, at, undefined);
  const error = `this is an HTML page, not the feed it was; it names ${names}${move.movedTo ? ` (seen ${move.movedTimes} times)` : ', which is at another place and is not followed'}`;
  await record({ sourceId: source.id, at, nextCheckAt, health: 'broken', error, ...move });
  log.warn({ event: 'source.failed', sourceId: source.id, message: error, nextCheckAt });
  return [];
}

async function recordFailure(
  { log, now }: House,
  source: SourceToCheck,
  { error, record }: { error: unknown; record: FetchContext['record'] },
): Promise<void> {
  const at = now();
  const isExpected = error instanceof TemporaryError || error instanceof PermanentError;
  const retryAfterMs = error instanceof TemporaryError ? error.retryAfterMs : undefined;
  const nextCheckAt = nextCheckAfterFailure(source, at, retryAfterMs);
  await record({ sourceId: source.id, at, nextCheckAt, health: 'broken', error: messageOf(error) });
  const failure = { sourceId: source.id, message: messageOf(error), nextCheckAt };
  if (isExpected) log.warn({ event: 'source.failed', ...failure });
  else log.error({ event: 'source.failed', ...failure, stack: error instanceof Error ? error.stack : undefined });
}
