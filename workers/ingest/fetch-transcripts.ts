// Videos whose transcript is due -> segments, or when to try again.
import type { House } from '../../core/house.ts';
import { dueTranscripts, saveTranscript, type DueTranscript, type TranscriptOutcome } from '../../core/store/items.ts';
import { nextTranscriptTry } from './retry-schedule.ts';
import { segmentCues } from './segment-cues.ts';
import { fetchTranscript, type TranscriptAnswer } from './transcripts.ts';

interface Fetching {
  allow: readonly string[];
  stop: AbortSignal;
}

/** Tries every transcript that is due, one after the other: the sites that have them count requests. */
export async function fetchTranscripts(house: House, fetching: Fetching): Promise<void> {
  let got = 0;
  for (let due = await nextDue(house); due && !fetching.stop.aborted; due = await nextDue(house)) {
    const { itemId, videoId, options } = due;
    const answer = await fetchTranscript({ videoId, captionsUrl: options.captionsUrl, fetching });
    if (fetching.stop.aborted) break;
    await saveTranscript(house.db, itemId, outcomeOf(answer, due, house.now()));
    house.log.info({
      event: 'transcript.tried',
      itemId,
      state: answer.state,
      ...('reason' in answer ? { reason: answer.reason } : {}),
    });
    if (answer.state === 'ok') got++;
    // Asking on would make a block longer; the schedule rings again.
    if (answer.state === 'blocked') break;
  }
  if (got > 0) await house.queue.ring('items.embed', {});
}

/** One at a time, so that another process that answers the same bell rarely tries the same video. */
async function nextDue({ db, now }: House): Promise<DueTranscript | undefined> {
  return (await dueTranscripts(db, now(), 1))[0];
}

function outcomeOf(answer: TranscriptAnswer, due: DueTranscript, now: Date): TranscriptOutcome {
  if (answer.state === 'ok') return { state: 'ok', segments: segmentCues(answer.cues) };
  if (answer.state === 'none') return answer;
  return { state: answer.state, nextAt: nextTranscriptTry(answer.state, due.tries, now) };
}
