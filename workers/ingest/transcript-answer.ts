// What every provider of transcripts is asked with, and what it answers.
import type { FetchOptions } from '../../core/http.ts';
import type { Cue } from './captions.ts';

/** `host` is who was asked, for whoever leaves it alone after a block; a curator has none. */
export type TranscriptAnswer = { host?: string } & (
  { state: 'ok'; from: string; cues: Cue[] } | { state: 'none' | 'blocked' | 'failed'; reason: string }
);

export interface CaptionsFetching extends Pick<FetchOptions, 'allow' | 'stop'> {
  /** Another place for https://www.youtube.com. */
  youtubeUrl?: string;
}

/** Captions without a word are no transcript. */
export function spokenAnswer(cues: Cue[], from: string): TranscriptAnswer {
  return cues.length > 0 ? { state: 'ok', cues, from } : { state: 'none', reason: 'nobody speaks' };
}
