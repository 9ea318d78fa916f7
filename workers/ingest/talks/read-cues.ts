// A caption file (WebVTT, SRT and what programs write in their place) -> its cues, keyed on the "-->" lines; pure.
import { PermanentError } from '../../../core/errors.ts';
import type { ShownCue } from './cue.ts';
import { withoutCaptionTags } from './caption-tags.ts';
import { readTimeLine } from './cue-time.ts';
import { decodeEntities } from '../clean/decode-entities.ts';

interface OpenCue {
  startS: number;
  endS: number;
  /** With the empty ones between them. */
  lines: string[];
}

interface Reading {
  isVtt: boolean;
  cues: OpenCue[];
  unreadLines: number[];
  /** Within a block that is no cue: the head of the file, a note, a style. */
  isAside: boolean;
  /** The lone number that the next cue would have. */
  nextNumber: number;
}

/**
 * Reads the cues of a file. A line with a time on both sides of "-->" starts one, a lone number right above is its number
 * (in WebVTT a line of its own is its name), all other text belongs to the open cue, empty lines or not. Lines end with LF,
 * CR, CRLF or CRCRLF. Throws PermanentError for a text without cues that does not say it is WebVTT.
 */
export function readCues(text: string): { cues: ShownCue[]; unreadLines: number[] } {
  const isVtt = /^\s*WEBVTT\b/i.test(text);
  const reading: Reading = { isVtt, cues: [], unreadLines: [], isAside: isVtt, nextNumber: 1 };
  text.split(/\r{0,2}\n|\r/).forEach((line, at) => readLine(reading, line, at + 1));
  if (reading.cues.length === 0 && !isVtt) {
    throw new PermanentError(`these are no captions; they begin with ${JSON.stringify(text.trim().slice(0, 40))}`);
  }
  return { cues: reading.cues.map(toShown), unreadLines: reading.unreadLines };
}

function readLine(reading: Reading, line: string, number: number): void {
  const open = reading.cues.at(-1);
  const time = readTimeLine(line);
  if (time) {
    if (open) dropNumber(reading, open);
    const startS = time.startS ?? open?.endS ?? 0;
    if (time.startS === undefined) reading.unreadLines.push(number);
    reading.cues.push({ startS, endS: Math.max(startS, time.endS ?? startS), lines: time.rest ? [time.rest] : [] });
    reading.isAside = false;
    return;
  }
  const isBlank = line.trim() === '';
  const isBlockStart = open === undefined || open.lines.at(-1) === '';
  if (reading.isVtt && isBlockStart && /^(?:NOTE|STYLE|REGION|WEBVTT)\b/.test(line)) reading.isAside = true;
  if (reading.isAside) {
    // YouTube's line of one space is a line of a cue; a note ends with an empty one.
    if (line === '') reading.isAside = false;
    return;
  }
  if (open) open.lines.push(isBlank ? '' : line);
  else if (!isBlank && !reading.isVtt && !/^\s*\d+\s*$/.test(line)) reading.unreadLines.push(number);
}

/** What stands above a time and is no word of the cue before: a number, in WebVTT any name. */
function dropNumber(reading: Reading, { lines }: OpenCue): void {
  const last = lines.at(-1);
  const isAlone = (lines.at(-2) ?? '') === '' && lines.length > 1;
  const found = /^\s*(\d{1,7})\s*$/.exec(last ?? '')?.[1];
  if (last !== undefined && last !== '' && (found !== undefined || (reading.isVtt && isAlone))) lines.pop();
  // Where every second line is empty, the number stands above such a line; it counts on.
  else if (last === '') {
    const at = lines.findLastIndex((line) => line !== '');
    if (at > 0 && lines[at - 1] === '' && Number(lines[at]) === reading.nextNumber + 1) lines.length = at;
  }
  reading.nextNumber = found === undefined ? reading.nextNumber + 1 : Number(found);
}

function toShown({ startS, endS, lines }: OpenCue): ShownCue {
  return { startS, endS, text: decodeEntities(withoutCaptionTags(lines.join('\n'))) };
}
