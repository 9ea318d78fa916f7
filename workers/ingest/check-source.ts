// One source -> its new items in the store, and on its row how it fares.
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { saveDeadlines, type DeadlineList } from '../../core/store/deadlines.ts';
import { recordFolder } from '../../core/store/folders.ts';
import { recentDates } from '../../core/store/items.ts';
import { followMove, recordCheck, recordGone, sourceToCheck, type SourceToCheck } from '../../core/store/sources.ts';
import { believeMove } from './believe-move.ts';
import { fetchSource, type Answer, type Checking } from './fetch-source.ts';
import type { FeedHead } from './clean-feed.ts';
import { describePassedOver } from './read-folder.ts';
import { nextCheck, nextCheckAfterFailure } from './retry-schedule.ts';
import { judgeRhythm } from './source-rhythm.ts';
import { takeItems } from './take-items.ts';

/** Looks at one source. Whatever goes wrong is on its row afterwards, with the time of the next try; only a bug is thrown. */
export async function checkSource(house: House, sourceId: number, checking: Checking): Promise<void> {
  const source = await sourceToCheck(house.db, sourceId);
  if (source?.status !== 'active') return;
  const started = Date.now();
  try {
    const answer = await fetchSource(source, checking);
    if (answer === 'gone') return await endSource(house, sourceId);
    const counts = await takeAnswer(house, source, { answer, stop: checking.stop });
    house.log.info({ event: 'source.checked', sourceId, ...counts, ms: Date.now() - started });
    if (counts.added + counts.changed === 0) return;
    await house.queue.ring('items.embed', {});
    if (source.kind === 'youtube') await house.queue.ring('transcripts.fetch', {});
  } catch (error) {
    if (checking.stop.aborted) return;
    await recordFailure(house, source, error);
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
  }
}

/** Two statements when nothing changed, four with news: thousands of sources are checked one by one. */
async function takeAnswer(
  { db, log, now }: House,
  source: SourceToCheck,
  { answer, stop }: { answer: Answer; stop: AbortSignal },
) {
  const { feed, etag, lastModified, headers } = answer;
  const at = now();
  const { guids, ...counts } = await takeItems(db, {
    sourceId: source.id,
    isFirst: source.dates.length === 0,
    feed,
    stop,
  });
  if (feed?.passedOver) {
    const present = [...guids, ...feed.passedOver.map(({ path }) => path)];
    await recordFolder(db, { sourceId: source.id, present, note: describePassedOver(feed.passedOver), at });
  }
  if (answer.deadlines) await takeDeadlines({ db, log }, { sourceId: source.id, list: answer.deadlines, now: at });
  const published = counts.added > 0 ? await recentDates(db, source.id) : source.dates;
  const health = judgeHealth(source, feed, judgeRhythm(published, at));
  const asked = feed?.asked ?? source.asked;
  const nextCheckAt = nextCheck(source, at, { ...asked, headers, published });
  const { isBelieved, ...move } = believeMove(source, answer.permanentUrl);
  await recordCheck(db, {
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
    await followMove(db, { sourceId: source.id, to });
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

async function recordFailure({ db, log, now }: House, source: SourceToCheck, error: unknown): Promise<void> {
  const at = now();
  const retryAfterMs = error instanceof TemporaryError ? error.retryAfterMs : undefined;
  const nextCheckAt = nextCheckAfterFailure(source, at, retryAfterMs);
  await recordCheck(db, { sourceId: source.id, at, nextCheckAt, health: 'broken', error: messageOf(error) });
  log.warn({ event: 'source.failed', sourceId: source.id, message: messageOf(error), nextCheckAt });
}
