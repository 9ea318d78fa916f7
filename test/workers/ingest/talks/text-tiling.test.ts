// Topic boundaries: found where subjects that share no words meet, and nowhere else.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCaptions } from '../../../../workers/ingest/talks/captions.ts';
import type { Cue } from '../../../../workers/ingest/talks/cue.ts';
import { segmentCues } from '../../../../workers/ingest/talks/segment-cues.ts';
import { findTopicStarts } from '../../../../workers/ingest/talks/text-tiling.ts';

const subjects = {
  cooking: 'onion butter pan oven dough flour salt pepper stew recipe kitchen garlic',
  sailing: 'mast harbour wind keel anchor sailor deck rope tide compass rudder storm',
  chess: 'bishop knight rook castle endgame pawn gambit queen board tempo mate opening',
};
const filler = 'today people really think about what this means again';

/** Sentences of eight words, two of them the speaker's habit, the others of one subject; the same for the same seed. */
function speak(subject: keyof typeof subjects, sentences: number, seed: number): string[] {
  const [words, habits] = [subjects[subject].split(' '), filler.split(' ')];
  let state = seed;
  const pick = (list: string[]): string => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return list[Math.floor((state / 2_147_483_648) * list.length)]!;
  };
  return Array.from(
    { length: sentences },
    () => `${pick(habits)} ${Array.from({ length: 6 }, () => pick(words)).join(' ')} ${pick(habits)}.`,
  );
}

const countsOf = (sentence: string) => new Map(sentence.split(' ').map((word) => [word, 1] as const));
const talk = [...speak('cooking', 60, 1), ...speak('sailing', 45, 2), ...speak('chess', 60, 3)];
/** Three sentences at a time, as Hearst's sequences have twenty words. */
const units = talk.flatMap((_sentence, at) => (at % 3 ? [] : [countsOf(talk.slice(at, at + 3).join(' '))]));
const everyFiveSeconds = (sentences: string[]): Cue[] => sentences.map((text, at) => ({ startS: at * 5, text }));

test('a talk about three things turns where it turns', () => {
  expect(findTopicStarts(units)).toEqual([20, 35]);
});

test('a text of one sentence over and over, a short one and an empty one have no turn', () => {
  expect(findTopicStarts(Array.from({ length: 50 }, () => countsOf('the same words again')))).toEqual([]);
  expect(findTopicStarts([countsOf('one'), countsOf('two')])).toEqual([]);
  expect(findTopicStarts([])).toEqual([]);
});

test('the same talk is cut in the same way', () => {
  expect(segmentCues(everyFiveSeconds(talk))).toEqual(segmentCues(everyFiveSeconds(talk)));
});

test('segments begin where topics do, keep every word and are no longer than two and a half minutes', () => {
  const segments = segmentCues(everyFiveSeconds(talk));
  const starts = segments.map(({ startS }) => startS);
  for (const turn of [300, 525]) expect(starts.some((start) => Math.abs(start - turn) <= 10)).toBe(true);
  expect(segments.map(({ text }) => text).join(' ')).toBe(talk.join(' '));
  expect(Math.max(...starts.map((start, at) => (starts[at + 1] ?? 825) - start))).toBeLessThanOrEqual(160);
});

const sample = '/work/shared/data/samples/youtube/ytenglishhub.json3';

test.skipIf(!existsSync(sample))(
  `a real talk is cut to the minute${existsSync(sample) ? '' : ' (skipped: no sample)'}`,
  () => {
    const cues = parseCaptions(readFileSync(sample, 'utf8')).cues;
    const segments = segmentCues(cues);
    const starts = segments.map(({ startS }) => startS);
    expect(segments.length).toBeGreaterThan(8);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(segments.map(({ text }) => text).join(' ')).toBe(cues.map(({ text }) => text).join(' '));
  },
);
