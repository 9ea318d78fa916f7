// A caption file (json3, WebVTT, SRT) -> what is said and when; pure.
import { parse as parseSubtitles } from 'subsrt-ts';
import { z } from 'zod';
import { PermanentError } from '../../core/errors.ts';
import { decodeEntities } from './decode-entities.ts';

export interface Cue {
  startS: number;
  text: string;
}

const json3Schema = z.object({
  events: z
    .array(
      z.object({
        tStartMs: z.number().default(0),
        segs: z.array(z.object({ utf8: z.string().default('') })).default([]),
      }),
    )
    .default([]),
});

/** Parses captions by their content; throws PermanentError for what is none. An empty list means nobody speaks. */
export function parseCaptions(text: string): Cue[] {
  const bare = text.replace(/^\ufeff/, '').trim();
  const cues = bare.startsWith('{') ? readJson3(bare) : readSubtitles(bare);
  return withoutRepeats(cues.map(({ startS, text: words }) => ({ startS, text: withoutNoise(words) })));
}

function readJson3(text: string): Cue[] {
  const parsed = json3Schema.safeParse(readJson(text));
  if (!parsed.success) throw new PermanentError('these captions are JSON, but not json3');
  return parsed.data.events.map(({ tStartMs, segs }) => ({
    startS: tStartMs / 1000,
    text: segs.map(({ utf8 }) => utf8).join(''),
  }));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readSubtitles(text: string): Cue[] {
  const format = text.startsWith('WEBVTT')
    ? 'vtt'
    : /^\d+\s*\r?\n\d+:\d\d:\d\d[,.]\d+\s+-->/.test(text)
      ? 'srt'
      : undefined;
  if (!format) throw new PermanentError(`these are no captions; they begin with ${JSON.stringify(text.slice(0, 40))}`);
  // YouTube writes a line of one space above the words, where the library sees the end of the cue.
  const dense = text.replace(/^[ \t]+\r?\n/gm, '');
  return parseSubtitles(dense, { format }).flatMap((caption) =>
    // The content, since the library's own `text` loses what follows a lone "<".
    caption.type === 'caption'
      ? [{ startS: caption.start / 1000, text: decodeEntities(caption.content.replace(/<\/?[a-z\d][^<>]*>/gi, '')) }]
      : [],
  );
}

/** "[Music]", "(applause)", "♪" and the ">>" of a new speaker are not speech. */
function withoutNoise(text: string): string {
  return text.replace(/\[[^\]\n]{1,40}\]|\([a-z ]{3,20}\)|♪+|^\s*>>+/gim, ' ').replace(/[^\S\n]+/g, ' ');
}

/** Automatic captions roll: a cue shows the line before it again. Only lines that are new are kept. */
function withoutRepeats(cues: Cue[]): Cue[] {
  let last = '';
  return cues.flatMap(({ startS, text }) => {
    const fresh = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => {
        const isNew = line !== '' && line !== last;
        if (isNew) last = line;
        return isNew;
      });
    return fresh.length > 0 ? [{ startS, text: fresh.join(' ') }] : [];
  });
}
