// Captions in any form (json3, WebVTT, SRT, the JSON of podcasts) -> what is said and when; pure.
import { z } from 'zod';
import { PermanentError } from '../../../core/errors.ts';
import { cleanCues } from './clean-cues.ts';
import type { Cue } from './cue.ts';
import { readCues } from './read-cues.ts';

export interface Captions {
  /** Empty when nobody speaks. */
  cues: Cue[];
  /** The numbers of lines that are neither a time that can be read nor words of a cue, from 1. */
  unreadLines: number[];
  /** The text tells no times: those of the cues say only what comes after what. */
  isUntimed?: boolean;
}

const json3Schema = z.object({
  events: z
    .array(
      z.object({
        tStartMs: z.number().default(0),
        dDurationMs: z.number().default(0),
        segs: z.array(z.object({ utf8: z.string().default('') })).default([]),
      }),
    )
    .default([]),
});

/** In seconds, which some programs write as a text; null where they know none. */
const timeField = z
  .union([z.number(), z.stringFormat('seconds', /^\d{1,9}(?:\.\d{1,9})?$/).transform(Number)])
  .nullish();

/** Podcasting 2.0 writes startTime and body, speech recognisers start and text. */
const segmentsSchema = z.object({
  segments: z.array(
    z.object({
      startTime: timeField,
      start: timeField,
      body: z.string().optional(),
      text: z.string().optional(),
    }),
  ),
});

/** As whisper.cpp writes it, in milliseconds. */
const whisperSchema = z.object({
  transcription: z.array(z.object({ offsets: z.object({ from: z.number() }), text: z.string() })),
});

/** Parses captions by their content; throws PermanentError for what is none. */
export function parseCaptions(text: string): Captions {
  const bare = text.replace(/^\ufeff/, '');
  if (/^\s*(?:\{|\[\s*\{)/.test(bare)) return { cues: readJsonCaptions(bare), unreadLines: [] };
  const { cues, unreadLines } = readCues(bare);
  return { cues: cleanCues(cues), unreadLines };
}

/** The lines that were not read, in a few words; undefined when there are none. */
export function describeUnread({ unreadLines }: Captions): string | undefined {
  if (unreadLines.length === 0) return undefined;
  const named = unreadLines.slice(0, 5).join(', ');
  return `${unreadLines.length === 1 ? 'line' : 'lines'} ${named}${unreadLines.length > 5 ? ' …' : ''} not read`;
}

function readJsonCaptions(text: string): Cue[] {
  const read = readJson(text);
  // Some programs write the list alone, whisper.cpp under a name of its own.
  const whispered = whisperSchema.safeParse(read).data?.transcription;
  const json = Array.isArray(read) ? { segments: read } : whispered ? { segments: whispered.map(({ offsets, text: said }) => ({ start: offsets.from / 1000, text: said })) } : read; // prettier-ignore
  const segments = segmentsSchema.safeParse(json);
  if (segments.success) {
    const { length } = segments.data.segments;
    if (
      length > 0 &&
      segments.data.segments.every(({ body, text: words }) => body === undefined && words === undefined)
    )
      throw new PermanentError('this JSON is no transcript: none of its entries has a text (body or text)');
    // Nothing is shown twice here: a segment has no end, so that it touches no other.
    return cleanCues(
      segments.data.segments.map(({ startTime, start, body, text: words }) => {
        const startS = Math.max(0, startTime ?? start ?? 0);
        return { startS, endS: Number.NEGATIVE_INFINITY, text: (body ?? words ?? '').trim() };
      }),
    );
  }
  const parsed = json3Schema.safeParse(json);
  // A message such as {"error": ...} is no video in which nobody speaks.
  const isJson3 = typeof json === 'object' && json !== null && ('events' in json || 'wireMagic' in json);
  if (!parsed.success || !isJson3) throw new PermanentError('these captions are JSON, but neither json3 nor segments');
  return cleanCues(
    parsed.data.events.map(({ tStartMs, dDurationMs, segs }) => ({
      startS: tStartMs / 1000,
      endS: (tStartMs + dDurationMs) / 1000,
      text: segs.map(({ utf8 }) => utf8).join(''),
    })),
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
