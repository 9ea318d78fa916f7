// UTF-8 read as windows-1252 or -1254, its undefined bytes thrown away -> what it most likely said; pure.
// ftfy-js leaves such text alone, since the lost bytes are gone: here dictionary words decide what they were.
import { TextDecoder } from '@exodus/bytes/encoding.js';

/** What bytes 0x80-0x9f look like after the accident; U+FFFD where the table has nothing. */
const upperHalf = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';
/** The bytes windows-1254 does not know, and the soft hyphen, which editors drop. */
const losable = [0x81, 0x8d, 0x8e, 0x8f, 0x90, 0x9d, 0x9e, 0xad];

const continuation = `\u0080-\u00bf${upperHalf.replaceAll('\ufffd', '')}`;
const sequence = new RegExp(`[ðğ][${continuation}]{0,3}|[à-ï][${continuation}]{0,2}|[Â-ßĞİŞ][${continuation}]`, 'g');
const wholeSequence = new RegExp(`[à-ï][${continuation}]{2}`, 'g');

const bytesOf = new Map<string, number>([
  ...Array.from(upperHalf, (character, at) => [character, 0x80 + at] as const),
  ...([
    ['ğ', 0xf0],
    ['Ğ', 0xd0],
    ['İ', 0xdd],
    ['Ş', 0xde],
  ] as const),
]);

const strict = new TextDecoder('utf-8', { fatal: true });

/** True when nearly every letter that could begin a sequence does: no language written with these letters looks so. */
export function looksTorn(text: string): boolean {
  const whole = text.match(wholeSequence)?.length ?? 0;
  return whole >= 3 && whole > 0.5 * (text.match(/[à-ï]/g)?.length ?? 0);
}

/** Decodes whole sequences, and for those that lost a byte takes the character that makes words with its neighbours. */
export function restoreLostBytes(text: string): string {
  let restored = '';
  let end = 0;
  for (const found of text.matchAll(sequence)) {
    restored += text.slice(end, found.index);
    end = found.index + found[0].length;
    const bytes = Array.from(found[0], byteOf);
    restored += decode(bytes) ?? guess(bytes, restored.slice(-4), following(text, end)) ?? '\ufffd';
  }
  return restored + text.slice(end);
}

function byteOf(character: string): number {
  return bytesOf.get(character) ?? character.charCodeAt(0);
}

function decode(bytes: number[]): string | undefined {
  try {
    return strict.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

/** The characters after `at` as far as they are whole, four at most. */
function following(text: string, at: number): string {
  let seen = '';
  while (seen.length < 4) {
    const next = new RegExp(`^(?:${sequence.source})`).exec(text.slice(at, at + 4))?.[0];
    const character = next === undefined ? undefined : decode(Array.from(next, byteOf));
    if (next === undefined || character === undefined) break;
    seen += character;
    at += next.length;
  }
  return seen;
}

function guess(bytes: number[], before: string, after: string): string | undefined {
  const lead = bytes[0]!;
  if (lead < 0xe0 || lead > 0xef || bytes.length !== 2) return undefined;
  const pairs = losable.flatMap((lost) => [
    [bytes[1]!, lost],
    [lost, bytes[1]!],
  ]);
  const candidates = pairs.map((pair) => decode([lead, ...pair])).filter((character) => character !== undefined);
  const likely = candidates.filter((character) => commonCharacters().has(character));
  const scored = (likely.length > 0 ? likely : candidates).map((character) => ({
    character,
    words: countWords(before + character + after) - (everyday.has(character) ? 1.5 : 0),
  }));
  // A stable sort: of equals the first, and 0x81 is what marks such as "、" and "！" lost.
  return scored.toSorted((a, b) => a.words - b.words)[0]?.character;
}

/** The characters that make up half of all Chinese text: they outweigh a word more or less. */
const everyday = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然' +
    '家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机' +
    '十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体相见被利什二等产或新制身果加名提',
);

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** ICU segments by a dictionary: the right character joins its neighbours to words, so there are fewer. */
function countWords(text: string): number {
  return [...segmenter.segment(text)].length;
}

let common: Set<string> | undefined;

/** The 3,755 most frequent characters, which are level 1 of GB 2312 (rows B0 to D7), and the usual marks. */
function commonCharacters(): Set<string> {
  if (common) return common;
  const decoder = new TextDecoder('gbk');
  common = new Set('！、。，：；？（）“”‘’【】《》「」\ufe0f');
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) common.add(decoder.decode(Uint8Array.of(row, cell)));
  }
  return common;
}
