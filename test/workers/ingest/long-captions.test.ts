// Captions of a day are read in proportion to their cues: eight times as many take eight times as long, not sixty-four.
import { expect, test } from 'vitest';
import { parseCaptions } from '../../../workers/ingest/talks/captions.ts';
import { segmentCues } from '../../../workers/ingest/talks/segment-cues.ts';
import { cpuMs } from './cpu-time.ts';

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23);
const rolling = (cue: number): string =>
  `word ${cue - 1} of a talk without an end\nword ${cue} of a talk without an end`;

/** As many cues, touching each other, as a file shows them. */
function read(count: number, words: (cue: number) => string): () => unknown {
  const cues = Array.from({ length: count }, (_, cue) => `${clock(cue)} --> ${clock(cue + 1)}\n${words(cue)}\n`);
  const file = `WEBVTT\n\n${cues.join('\n')}`;
  return () => parseCaptions(file);
}

function cut(count: number, everyS: number, text: string): () => unknown {
  const cues = Array.from({ length: count }, (_, cue) => ({ startS: cue * everyS, text }));
  return () => segmentCues(cues);
}

test.each<[string, (count: number) => () => unknown, number]>([
  ['cut, of one subject', (count) => cut(count, 1.4, 'the same words again'), 8_000],
  ['cut, whose cues stand for minutes', (count) => cut(count, 160, 'so'), 8_000],
  ['read, that roll', (count) => read(count, rolling), 1_500],
  ['read, of one line again and again', (count) => read(count, () => 'the same words'), 1_500],
])('captions %s', async (_name, prepare, count) => {
  const [some, many] = [prepare(count), prepare(8 * count)];
  const best = { some: Infinity, many: Infinity };
  const isProportional = (): boolean => best.many < 24 * Math.max(best.some, 1);
  // The best of both, in turn: others on the machine lengthen single rounds, and the first ones compile.
  for (let round = 0; round < 8 && (round < 3 || !isProportional()); round++) {
    best.some = Math.min(best.some, await cpuMs(async () => some()));
    best.many = Math.min(best.many, await cpuMs(async () => many()));
  }
  expect(isProportional(), `${best.many} ms for eight times what took ${best.some} ms`).toBe(true);
});
