// Encodings as they come over the wire, and what was once read in the wrong one.
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../../workers/ingest/clean/decode.ts';
import { repairMojibake } from '../../../../workers/ingest/clean/mojibake.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('decodeText', () => {
  const wide = '<rss><title>Grüße 你好</title></rss>';
  const table: [string, Buffer, string | null, string][] = [
    ['UTF-8 with a mark', bytes([0xef, 0xbb, 0xbf], Buffer.from('é').toString('latin1')), null, 'é'],
    ['UTF-16LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(wide, 'utf16le')]), null, wide],
    ['UTF-16LE without one', Buffer.from(wide, 'utf16le'), null, wide],
    ['UTF-16BE without one', Buffer.from(wide, 'utf16le').swap16(), null, wide],
    ['UTF-8 under a wrong label', Buffer.from('Grüße'), 'text/xml; charset=iso-8859-1', 'Grüße'],
    ['latin1, which is windows-1252', bytes([0x93], 'x', [0x94, 0x80]), 'text/xml; charset=latin1', '“x”€'],
    [
      'windows-1252 by its declaration',
      bytes('<?xml version="1.0" encoding="windows-1252"?>', [0x85]),
      null,
      '<?xml version="1.0" encoding="windows-1252"?>…',
    ],
    [
      'gb2312, which is gb18030',
      bytes('<?xml version="1.0" encoding="gb2312"?>', [0xc4, 0xe3, 0xba, 0xc3, 0x81, 0x30, 0x81, 0x30]),
      null,
      '<?xml version="1.0" encoding="gb2312"?>你好\u0080',
    ],
    ['Shift_JIS by its HTTP label', bytes([0x93, 0xfa, 0x96, 0x7b]), 'text/xml; charset="Shift_JIS"', '日本'],
    ['koi8-r', bytes([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]), 'text/html;charset=KOI8-R', 'Привет'],
    ['a label nobody knows', Buffer.from('ok'), 'text/xml; charset=x-nonsense', 'ok'],
    ['nothing', Buffer.alloc(0), null, ''],
  ];
  test.each(table)('%s', (...[, given, contentType, want]) => {
    expect(decodeText(given, contentType)).toBe(want);
  });

  test('a UTF-8 document with one broken byte stays readable', () => {
    const text = `<?xml version="1.0" encoding="utf-8"?>${'Grüße '.repeat(50)}`;
    expect(decodeText(Buffer.concat([Buffer.from(text), Buffer.from([0xff])]))).toBe(`${text}\ufffd`);
  });

  test('any bytes at all become text', () => {
    for (let seed = 1; seed < 200; seed++) {
      const noise = Buffer.from(Array.from({ length: 64 }, (_, at) => (seed * 7919 * (at + 1)) % 256));
      expect(typeof decodeText(noise)).toBe('string');
    }
  });
});

/** As windows-1254 shows it; what that does not know is thrown away. */
function readAs1254(character: string): string {
  return /[\u0081\u008d-\u0090\u009d\u009e]/.test(character)
    ? ''
    : new TextDecoder('windows-1254').decode(Uint8Array.of(character.charCodeAt(0)));
}

describe('repairMojibake', () => {
  test.each([
    ['CafÃ© au lait', 'Café au lait'],
    ['â€œquotesâ€\u009d', '“quotes”'],
    ['NLPç®€æŠ¥: Reformer, æ¥çœ‹çœ‹ æœ¬æœŸçš„å†…å®¹', 'NLP简报: Reformer, 来看看 本期的内容'],
  ])('%s', (broken, whole) => {
    expect(repairMojibake(broken)).toBe(whole);
  });

  test('characters that lost two bytes are told by the words they make, and a lost emoji leaves nothing behind', () => {
    const whole = '本文提供了情感分析的方法，并提高了效率。我们推荐阅读，它很有用。';
    const torn = Buffer.from(`Society 🎏 ${whole}`)
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, readAs1254);
    expect(torn).not.toContain('🎏');
    expect(repairMojibake(torn)).toBe(`Society  ${whole}`);
  });

  test.each(['Grüße', 'naïve café', '深度学习，很好！', 'Ünïcödé àçè', 'ａｂｃ ﬁne “quotes”'])(
    '%s is right already',
    (text) => {
      expect(repairMojibake(text)).toBe(text);
    },
  );
});

test.each([
  ['Shift_JIS', [0x8d, 0xa1, 0x8f, 0x54, 0x82, 0xcc, 0x83, 0x6a, 0x83, 0x85, 0x81, 0x5b, 0x83, 0x58, 0x82, 0xf0, 0x93, 0x60, 0x82, 0xa6, 0x82, 0xdc, 0x82, 0xb7, 0x81, 0x42], '今週のニュースを伝えます。'],
  ['EUC-KR', [0xc0, 0xcc, 0xb9, 0xf8, 0x20, 0xc1, 0xd6, 0x20, 0xb4, 0xba, 0xbd, 0xba, 0xb8, 0xa6, 0x20, 0xc0, 0xfc, 0xc7, 0xd5, 0xb4, 0xcf, 0xb4, 0xd9], '이번 주 뉴스를 전합니다'],
  ['ISO-2022-JP', [0x1b, 0x24, 0x42, 0x3a, 0x23, 0x3d, 0x35, 0x1b, 0x28, 0x42], '今週'],
])('%s that nobody names, as in captions, is told by its letters', (_, letters, text) => {
  expect(decodeText(Uint8Array.from(letters))).toBe(text);
}); // prettier-ignore

test('a few accents are of the west, not Cyrillic', () => {
  const text = 'L\u2019été à Nîmes. Voilà un “résumé” – ça coûte 5 €.';
  const encoded = Buffer.from(text.replace(/[\u2019“”–€]/g, (mark) => ({ '\u2019': '\x92', '“': '\x93', '”': '\x94', '–': '\x96', '€': '\x80' })[mark]!), 'latin1'); // prettier-ignore
  expect(decodeText(encoded)).toBe(text);
});
