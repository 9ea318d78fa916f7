// What every provider of transcripts takes and returns.
import type { FetchOptions } from '../../../core/http.ts';
import { describeUnread, type Captions } from './captions.ts';
import type { Cue } from './cue.ts';

/** Ten hours of json3 with a time for each word. */
export const maxCaptionBytes = 10_000_000;

/**
 * `host` is who was asked, for whoever leaves it alone after a block; a curator has none. `unread` says which lines of the
 * captions gave nothing, `isUntimed` that the times of the cues are none of the talk's.
 */
export type TranscriptResult = { host?: string } & (
  | { state: 'ok'; from: string; cues: Cue[]; unread?: string; isUntimed?: true }
  /** `pauseMs`: the host does not answer now, and asks to be left alone so long, 0 where it does not say. */
  | { state: 'none' | 'blocked' | 'failed'; reason: string; pauseMs?: number }
  /** Announced or live; `airsAt` as far as its publisher says. */
  | { state: 'upcoming'; reason: string; airsAt: Date | null }
);

export interface CaptionsFetching extends Pick<FetchOptions, 'allow' | 'now' | 'stop'> {
  /** Another address for https://www.youtube.com. */
  youtubeUrl?: string;
}

/** Captions without a word are no transcript. */
export function spokenResult(captions: Captions, from: string): TranscriptResult {
  const { cues } = captions;
  const unread = describeUnread(captions);
  if (cues.length === 0) return { state: 'none', reason: 'nobody speaks' };
  return {
    state: 'ok',
    cues,
    from,
    ...(unread === undefined ? {} : { unread }),
    ...(captions.isUntimed ? { isUntimed: true } : {}),
  };
}
