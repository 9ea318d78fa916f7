// Videos and episodes whose transcript is due -> segments, or when to try again.
import { messageOf } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import {
  dropCaptions,
  dueTranscripts,
  pauseHost,
  resumeHost,
  saveTranscript,
  type DueTranscript,
  type TranscriptOutcome,
} from '../../../core/store/transcripts.ts';
import { nextLookOnAir, nextTranscriptTry } from '../politeness/retry-schedule.ts';
import { segmentTalk } from './segment-talk.ts';
import type { CaptionsFetching, TranscriptResult } from './transcript-result.ts';
import { fetchTranscript } from './transcripts.ts';
import { hourMs, dayMs } from '../../../core/time.ts';

/** Captions by machine come some hours after a video, those by people within days. */
const freshMs = 3 * dayMs;

/** Tries every transcript that is due, one after the other: the sites that have them count requests. */
export async function fetchTranscripts(
  house: House,
  fetching: CaptionsFetching & { stop: AbortSignal },
): Promise<void> {
  let got = 0;
  for (let due = await nextDue(house); due && !fetching.stop.aborted; due = await nextDue(house)) {
    if (await tryOne(house, due, fetching)) got++;
  }
  if (got > 0) await house.queue.enqueue('items.embed', {});
}

/** Whether it was got. A bug is logged with its stack, and leaves the others their turn. */
async function tryOne(
  house: House,
  due: DueTranscript,
  fetching: CaptionsFetching & { stop: AbortSignal },
): Promise<boolean> {
  const { itemId, options, ...rest } = due;
  const { captionsUrl, captionsOnly } = options;
  try {
    const result = await fetchTranscript({ ...rest, captionsUrl, captionsOnly, ytDlp: house.config.YT_DLP, fetching });
    if (fetching.stop.aborted) return false;
    await saveTranscript(house.db, itemId, await outcomeOf(house, result, due));
    await rememberHost(house, due, result);
    const reason = 'reason' in result ? { reason: result.reason } : { from: result.from, unread: result.unread };
    house.log.info({ event: 'transcript.tried', itemId, state: result.state, ...reason });
    return result.state === 'ok';
  } catch (error) {
    if (fetching.stop.aborted) throw error;
    const reason = messageOf(error);
    house.log.error({
      event: 'transcript.failed',
      itemId,
      message: reason,
      stack: error instanceof Error ? error.stack : undefined,
    });
    const nextAt = nextTranscriptTry('failed', due.tries, house.now());
    await saveTranscript(house.db, itemId, { state: 'failed', reason, nextAt });
    return false;
  }
}

/** One at a time, so that another process that runs the same job rarely tries the same video. */
async function nextDue({ db, now }: House): Promise<DueTranscript | undefined> {
  return (await dueTranscripts(db, now(), 1))[0];
}

/** Asking on would make a block longer, so the pause is a row that every process sees. */
async function rememberHost({ db, now }: House, due: DueTranscript, result: TranscriptResult): Promise<void> {
  const { host, state } = result;
  if (due.captions !== null) return state === 'failed' ? dropCaptions(db, due.itemId) : undefined;
  if (host === undefined) return;
  const pauseMs = 'pauseMs' in result ? result.pauseMs : undefined;
  // YouTube and yt-dlp fail in many ways; a host of a feed's transcripts only when it does not answer.
  const isSilent = due.links !== null && pauseMs !== undefined;
  if (state === 'blocked' || isSilent) await pauseHost(db, { host, now: now(), leastMs: pauseMs });
  else if (state === 'ok') await resumeHost(db, host);
}

async function outcomeOf(house: House, result: TranscriptResult, due: DueTranscript): Promise<TranscriptOutcome> {
  const now = house.now();
  if (result.state === 'upcoming') {
    const { state, reason, airsAt } = result;
    return { state, reason, airsAt, nextAt: nextLookOnAir(airsAt, now) };
  }
  // Where nobody says that it is on air now, it is so a day after it should have been.
  const isOverdue = now.getTime() >= (due.airsAt ?? now).getTime() + dayMs;
  if (due.isUpcoming && !isOverdue && (result.state === 'failed' || result.state === 'blocked')) {
    const nextAt = nextTranscriptTry(result.state, due.tries, now) ?? nextLookOnAir(null, now);
    return { state: 'upcoming', reason: result.reason, airsAt: due.airsAt, nextAt };
  }
  const airedAt = due.isUpcoming ? new Date(Math.min(now.getTime(), (due.airsAt ?? now).getTime())) : undefined;
  const aired = airedAt ? { airedAt } : {};
  if (result.state === 'ok') {
    const segments = await segmentTalk(house, result.cues);
    const outcome = result.isUntimed ? segments.map(({ text }) => ({ startS: null, text })) : segments;
    return { state: 'ok', from: result.from, segments: outcome, ...aired };
  }
  const { state, reason } = result;
  if (state !== 'none') {
    const nextAt = later(nextTranscriptTry(state, due.tries, now), now.getTime() + (result.pauseMs ?? 0));
    return { state, reason, nextAt, ...aired };
  }
  const isFresh = now.getTime() - (airedAt ?? due.publishedAt).getTime() < freshMs;
  return { state, reason, nextAt: isFresh ? new Date(now.getTime() + 12 * hourMs) : null, ...aired };
}

/** Not before a moment that a server asked for. */
function later(at: Date | null, leastMs: number): Date | null {
  return at && new Date(Math.max(at.getTime(), leastMs));
}
