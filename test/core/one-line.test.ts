import { expect, it } from 'vitest';
import { oneLine } from '../../core/one-line.ts';

it.each([
  ['an override', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['embeddings and isolates', '\u202Aa\u202C \u2066b\u2069 \u2067c\u2069', 'a b c'],
  ['marks of direction in a text from left to right', 'a\u200Eb\u200F!', 'ab!'],
  ['control characters, C1 as well', 'a\u0000b\u001Bc\u0085d\u009Fe', 'abcde'],
  ['a byte order mark, joiners of words, a soft hyphen', '\uFEFFa\uFEFFb\u2060c\u00ADd', 'abcd'],
  ['tags', `a${String.fromCodePoint(0xe0001, 0xe0041, 0xe0042)}b`, 'ab'],
  ['a flood of variation selectors', `☎${'\uFE0F'.repeat(50)} ok`, '☎\uFE0F ok'],
  ['a tower of marks', `Z${'\u0335\u0301'.repeat(40)}algo`, 'Z\u0335\u0301\u0335\u0301algo'],
  ['fillers', 'a\u3164b\u115Fc', 'abc'],
  ['joiners that join nothing', '\u200Da \u200C b\u200D\u200D', 'a b'],
  ['ends of lines', 'a\u2028b\r\n\tc', 'a b c'],
  ['marks of direction in Hebrew and Arabic', 'שלום \u200Fעולם\u200E \u061Cعليكم', 'שלום עולם عليكم'],
  ['joiners between letters that join nothing', 'pay\u200Cpal g\u200Doogle 1\u200D2', 'paypal google 12'],
  ['a lone surrogate', 'a\ud83db', 'ab'],
])('takes out %s', (_name, text, line) => {
  expect(oneLine(text)).toBe(line);
});

it.each([
  ['Hebrew with points', 'שָׁלוֹם עולם'],
  ['Arabic', 'السَّلامُ عليكم'],
  ['Persian, whose words hold a non-joiner', 'می\u200Cخواهم'],
  ['Hindi, whose letters are joined', 'क्\u200Dष'],
  ['Vietnamese, taken apart', 'Tiếng Việt'.normalize('NFD')],
  ['a family and a heart', '👨\u200D👩\u200D👧 ❤\uFE0F'],
  ['a flag made of tags', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} yes'],
  ['Chinese', '日本語の見出し、はい'],
])('leaves %s', (_name, text) => {
  expect(oneLine(text)).toBe(text);
});
