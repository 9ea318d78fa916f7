// One source -> its new items in the store, and on its row how it fares.
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { saveDeadlines, type DeadlineList } from '../../core/store/deadlines.ts';
import { recordFolder } from '../../core/store/folders.ts';
import { recentDates } from '../../core/store/items.ts';
import { followMove } from '../../core/store/source-moves.ts';
import { recordGone, type SourceToCheck } from '../../core/store/sources.ts';
import { takeBackApprovals } from '../../core/store/withdrawals.ts';
import { believeMove } from './believe-move.ts';
import { fetchSource, type Answer, type Checking, type PageInstead } from './fetch-source.ts';
import type { FeedHead } from './clean-feed.ts';
import { describeFiles } from './read-folder.ts';
import { nextCheck, nextCheckAfterFailure } from './retry-schedule.ts';
import { judgeRhythm } from './source-rhythm.ts';
import { takeItems } from './take-items.ts';

/** Who is to be told of news. */
export type News = 'items.embed' | 'transcripts.fetch';

/**
 * Looks at a source that was leased. Whatever goes wrong is on its row afterwards, with the time of the next try; a bug is
 * logged with its stack as well. Returns the bells to ring.
 */
export async function checkSource(house: House, source: SourceToCheck, checking: Checking): Promise<News[]> {
  const { id: sourceId } = source;
  const started = Date.now();
  try {
    const answer = await fetchSource(source, checking);
    if (answer === 'gone') {
      await endSource(house, sourceId);
      return [];
    }
    if ('page' in answer) {
      await recordPage(house, source, { ...answer.page, record: checking.record });
      return [];
    }
    const counts = await takeAnswer(house, source, { answer, checking });
    house.log.info({ event: 'source.checked', sourceId, ...counts, ms: Date.now() - started });
    if (counts.added + counts.changed === 0) return [];
    return source.kind === 'youtube' ? ['items.embed', 'transcripts.fetch'] : ['items.embed'];
  } catch (error) {
    if (!checking.stop.aborted) await recordFailure(house, source, { error, record: checking.record });
    return [];
  }
}

/** When nothing changed, a share of one statement; with news two more. */
async function takeAnswer(
  { db, log, now }: House,
  source: SourceToCheck,
  { answer, checking: { record, stop } }: { answer: Answer; checking: Checking },
) {
  const { feed, etag, lastModified, headers } = answer;
  const at = now();
  const { guids, ...counts } = await takeItems(db, {
    sourceId: source.id,
    isFirst: source.dates.length === 0,
    feed,
    stop,
  });
  // A withdrawn paper may stand in an issue that waits to go out; the mailer looks once more.
  if (counts.withdrawn > 0) await takeBackApprovals(db, at);
  if (feed?.files) {
    const present = [...guids, ...feed.files.passedOver.map(({ path }) => path)];
    await recordFolder(db, { sourceId: source.id, present, note: describeFiles(feed.files), at });
  }
  if (answer.deadlines) await takeDeadlines({ db, log }, { sourceId: source.id, list: answer.deadlines, now: at });
  const published = counts.added > 0 ? await recentDates(db, source.id) : source.dates;
  const health = judgeHealth(source, feed, judgeRhythm(published, at));
  const asked = feed?.asked ?? source.asked;
  const nextCheckAt = nextCheck(source, at, { ...asked, headers, published });
  const { isBelieved, ...move } = believeMove(source, answer.permanentUrl);
  await record({
    sourceId: source.id,
    at,
    nextCheckAt,
    health,
    asked,
    etag,
    lastModified,
    ...move,
    ...(feed?.title && { title: feed.title }),
  });
  const to = answer.feedUrl ?? (isBelieved ? move.movedTo : null);
  if (to !== null) {
    await followMove(db, { sourceId: source.id, to, by: answer.feedUrl ? 'page' : 'redirect', at });
    log.info({ event: 'source.moved', sourceId: source.id });
  }
  return { ...counts, items: guids.length, health };
}

async function takeDeadlines(
  { db, log }: Pick<House, 'db' | 'log'>,
  { sourceId, list, now }: { sourceId: number; list: DeadlineList; now: Date },
): Promise<void> {
  const counts = await saveDeadlines(db, sourceId, { ...list, now });
  log.info({ event: 'deadlines.saved', sourceId, ...counts, refused: list.refused.length });
}

/** arXiv's list is empty at weekends and on holidays, papers read one by one and lists of deadlines have no rhythm: no fault. */
function judgeHealth(source: SourceToCheck, feed: FeedHead | undefined, rhythm: ReturnType<typeof judgeRhythm>) {
  if (source.kind === 'deadlines') return 'ok';
  if (source.kind !== 'arxiv') return rhythm;
  if (new URL(source.url).searchParams.has('id_list')) return 'ok';
  const isEmpty = feed ? feed.count === 0 : source.health === 'quiet';
  return rhythm === 'ok' && isEmpty ? 'quiet' : rhythm;
}

async function endSource({ db, log, now }: House, sourceId: number): Promise<void> {
  await recordGone(db, { sourceId, at: now() });
  log.warn({ event: 'source.gone', sourceId });
}

async function recordPage(
  { log, now }: House,
  source: SourceToCheck,
  { names, movedTo, movedTimes, record }: PageInstead['page'] & Pick<Checking, 'record'>,
): Promise<void> {
  const at = now();
  const nextCheckAt = nextCheckAfterFailure(source, at, undefined);
  const error = `this is an HTML page, not the feed it was; it names ${names}${movedTo ? ` (seen ${movedTimes} times)` : ', which is at another place and is not followed'}`;
  await record({ sourceId: source.id, at, nextCheckAt, health: 'broken', error, movedTo, movedTimes });
  log.warn({ event: 'source.failed', sourceId: source.id, message: error, nextCheckAt });
}

async function recordFailure(
  { log, now }: House,
  source: SourceToCheck,
  { error, record }: { error: unknown; record: Checking['record'] },
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
