// What stands at the address of a transcript -> what is said, and when where it says so, whatever its type is called; pure.
import { PermanentError } from '../../../core/errors.ts';
import { parseCaptions, type Captions } from './captions.ts';
import { cleanCues } from './clean-cues.ts';
import { cleanHtml, textOf } from '../clean/clean-html.ts';
import type { Cue } from './cue.ts';
import { decodeText } from '../clean/decode.ts';
import { isTtml, readTtml } from './read-ttml.ts';
import { extractArticle } from '../pages/extract-article.ts';
import { isPage } from '../pages/find-feed-link.ts';

export interface TranscriptBody {
  body: Uint8Array;
  contentType: string | undefined;
  /** What the feed says it is, such as `text/vtt`; null when it does not say. */
  type: string | null;
  url: string;
}

/** What is said as quickly as most speak; so much later is the next line put of a text without times, to be cut as a talk is. */
const charactersPerS = 15;
/** Fewer words where captions were promised are a message. */
const leastWords = 50;
const digits = String.raw`((?:\d{1,2}:)?\d{1,3}:\d{2})(?:[.,]\d{1,3})?`;
const clockTime = String.raw`[[(]?${digits}[\])]?`;
/** "[00:12] words", "[00:12.50]words" as of songs, or "Ann (0:12)" above them. */
const timeFirst = new RegExp(String.raw`^(?:\[${digits}\]|${clockTime}(?=[-–—:\s]|$))(?:\s*[-–—:]\s+|\s*)(.*)$`);
const timeLast = new RegExp(String.raw`^[\p{L}][^\d:]{0,60}[:\s-]\s{0,9}${clockTime}$`, 'u');

/**
 * Reads a transcript by its content: captions of any form, TTML too; HTML, or text, with times in it (`<time>`, "[00:12]", "Ann 0:12");
 * else all its words without times (`isUntimed`). PermanentError for what is no text, and for a page or a message in place of
 * the captions that were promised.
 */
export function readTranscript({ body, contentType, type, url }: TranscriptBody): Captions {
  const text = decodeText(body, contentType)
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return { cues: [], unreadLines: [] };
  if (isBinary(text)) throw new PermanentError('this is no text');
  if (isTtml(text)) return { cues: cleanCues(readTtml(text)), unreadLines: [] };
  const isHtml = text.startsWith('<');
  if (!isHtml && hasCaptions(text)) return parseCaptions(text);
  const words = isHtml ? wordsOfPage(text, url) : text;
  const timed = timedLines(words);
  if (timed)
    return { cues: cleanCues(timed.map((cue) => ({ ...cue, endS: Number.NEGATIVE_INFINITY }))), unreadLines: [] };
  const promised = type !== null && /vtt|srt|subrip|json/.test(type);
  if (promised && (isHtml || words.split(/\s+/).length < leastWords)) {
    const start = JSON.stringify(words.slice(0, 40));
    throw new PermanentError(
      `${isHtml ? 'this is a page' : 'these are no captions'}, not ${type}; it begins with ${start}`,
    );
  }
  return { cues: untimedCues(words), unreadLines: [], isUntimed: true };
}

/** Control characters, and more than a tenth of what no encoding has, are a recording or a picture. */
function isBinary(text: string): boolean {
  const start = text.slice(0, 4000);
  const odd = start.match(/(?![\t\n\v\f\r\u007f-\u009f])\p{Cc}|\ufffd/gu)?.length ?? 0;
  return start.includes('\0') || odd > start.length / 10;
}

function hasCaptions(text: string): boolean {
  return (
    /^(?:WEBVTT\b|\{|\[\s*\{)/i.test(text) ||
    /\d\s{0,9}-->\s{0,9}\d|:\s?\d\d(?:[.,:;]\s?\d{1,9})?\s{0,9}(?:->|[–—]>|→)\s{0,9}\d/.test(text)
  );
}

/** Of a whole page its article; times on lines of their own, names in front of them dropped. */
function wordsOfPage(html: string, url: string): string {
  const spaced = html
    .replace(/<cite\b[^<>]{0,200}>[^<]{0,200}<\/cite>\s{0,20}(?=<time\b)/gi, '')
    .replace(/<time\b[^<>]{0,200}>([^<]{0,60})<\/time>/gi, '<p>$1</p>');
  const article = isPage(spaced.slice(0, 3000)) ? articleOf(spaced, url) : undefined;
  return article ?? textOf(cleanHtml(spaced, url));
}

/** Undefined where there is none, and where the library gives up, as on a page of too many elements. */
function articleOf(page: string, url: string): string | undefined {
  try {
    return extractArticle({ page, url })?.text;
  } catch {
    return undefined;
  }
}

/** Undefined unless there are two times or more, none of them before the one in front. */
function timedLines(text: string): Cue[] | undefined {
  const cues: Cue[] = [];
  for (const line of text.split(/\r?\n|\r/).map((each) => each.trim())) {
    const [, bracketed, bare, words = ''] = timeFirst.exec(line) ?? [];
    const at = bracketed ?? bare ?? timeLast.exec(line)?.[1];
    if (at !== undefined) cues.push({ startS: secondsOf(at), text: words });
    else if (line !== '' && cues.length > 0) cues.at(-1)!.text += ` ${line}`;
  }
  const isAscending = cues.every(({ startS }, at) => at === 0 || startS >= cues[at - 1]!.startS);
  return cues.length > 1 && isAscending ? cues : undefined;
}

function secondsOf(clock: string): number {
  return clock.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

/** Lines, and sentences of long ones, one after the other as if they were read aloud. */
function untimedCues(text: string): Cue[] {
  let startS = 0;
  const lines = text.split(/[\r\n]+|(?<=[.!?]["')\]]?)\s{1,20}|(?<=[。！？])/).map((line) => line.trim());
  return cleanCues(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const cue = { startS, endS: Number.NEGATIVE_INFINITY, text: line };
        // A Han character is a syllable, three letters or so.
        startS += (line.length + 2 * (line.match(/\p{Script=Han}/gu)?.length ?? 0)) / charactersPerS;
        return cue;
      }),
  );
}
