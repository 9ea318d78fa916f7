// Caption cues -> transcript segments, each about one thing and some minutes long at most; pure.
import type { Segment } from '../../../core/store/items.ts';
import { countTerms } from '../../../core/text/term-vectors.ts';
import { singular, wordsOf } from '../../../core/text/terms.ts';
import { tidy } from '../clean/clean-title.ts';
import type { Cue } from './cue.ts';
import { findTopicStarts } from './text-tiling.ts';

/** Hearst's token sequences have 20 words. */
const unitWords = 20;
/** Longer stretches about one thing are cut: a link should lead to the minute. */
const mostS = 150;
/** Eleven days: what is later is no time of a talk, and no number a database takes. */
const latestS = 1_000_000;
/** How far a start may move to where a sentence begins. */
const nearbyCues = 3;

/** The stretches of some 20 words that are compared, for whoever makes the `vectors` of `segmentCues`. */
export function unitTexts(cues: readonly Cue[]): string[] {
  return unitsOf(cues).map(({ words }) => words.join(' '));
}

/**
 * Cuts a talk where its topic changes (TextTiling over its words, and over `vectors` where there is one of each text of
 * `unitTexts`), and stretches of more than 150 s near their middle; at sentences where there are some.
 */
export function segmentCues(cues: readonly Cue[], vectors?: readonly Float32Array[]): (Segment & { startS: number })[] {
  if (cues.length === 0) return [];
  const units = unitsOf(cues);
  const terms = units.map(({ words }) => countTerms(wordsOf(words.join(' ')).map(singular)));
  const starts = findTopicStarts(terms, { vectors }).map((unit) => sentenceStart(cues, units[unit]!.firstCue));
  const bounds = [...new Set([0, ...starts])].toSorted((a, b) => a - b);
  return bounds
    .flatMap((first, at) => cutLong(cues, first, bounds[at + 1] ?? cues.length))
    .map(([first, end]) => ({
      startS: Math.min(latestS, Math.max(0, Math.round(cues[first]!.startS))),
      text: tidy(
        cues
          .slice(first, end)
          .map(({ text }) => text)
          .join(' '),
      ),
    }));
}

/** Whole cues of 20 words or a little more. */
function unitsOf(cues: readonly Cue[]): { firstCue: number; words: string[] }[] {
  const units: { firstCue: number; words: string[] }[] = [];
  let length = unitWords;
  cues.forEach(({ text }, firstCue) => {
    if (length >= unitWords) {
      units.push({ firstCue, words: [] });
      length = 0;
    }
    units.at(-1)!.words.push(text);
    length += text.split(/\s+/).length;
  });
  return units;
}

/** The cue nearest to `cue` that begins a sentence; `cue` itself where none does, as in automatic captions. */
function sentenceStart(cues: readonly Cue[], cue: number): number {
  const steps = Array.from({ length: 2 * nearbyCues + 1 }, (_, at) => Math.ceil(at / 2) * (at % 2 ? 1 : -1));
  const found = steps.map((step) => cue + step).find((at) => cues[at] && at > 0 && endsSentence(cues[at - 1]!));
  return found ?? cue;
}

function endsSentence({ text }: Cue): boolean {
  return /[.!?。！？…]["')\]]?$/.test(text);
}

/** Halves a stretch until no part is longer than 150 s. */
function cutLong(cues: readonly Cue[], first: number, end: number): [first: number, end: number][] {
  const startS = cues[first]!.startS;
  const lengthS = (cues[end]?.startS ?? cues[end - 1]!.startS) - startS;
  if (lengthS <= mostS || end - first < 2) return [[first, end]];
  let middle = first + 1;
  while (middle < end && cues[middle]!.startS < startS + lengthS / 2) middle++;
  const near = sentenceStart(cues, middle);
  const cut = near > first && near < end ? near : middle;
  return cut > first && cut < end ? [...cutLong(cues, first, cut), ...cutLong(cues, cut, end)] : [[first, end]];
}
