import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { foldMarkup, foldText } from '../../../core/letter/fold-text.ts';
import { assembleMessage } from '../../../services/mailer/assemble.ts';
import {
  asciiAddress,
  fitsLines,
  header,
  headerText,
  mailboxText,
  parseMailbox,
  quotedPrintable,
} from '../../../services/mailer/mime.ts';

const encode = (text: string) => Buffer.from(quotedPrintable(text));

function message(overrides: Partial<Parameters<typeof assembleMessage>[0]>): Buffer {
  return assembleMessage({
    id: '<delivery-1.abc@example.org>',
    from: { name: 'Courant', address: 'news@example.org' },
    to: 'ada@example.org',
    subject: 'No 12',
    date: new Date('2026-11-21T07:00:00Z'),
    html: Buffer.from('<p>hello</p>\r\n'),
    text: encode('hello\n'),
    ...overrides,
  });
}

describe('quoted-printable', () => {
  test.each([
    ['plain text', 'plain text'],
    ['.dot at the start', '=2Edot at the start'],
    ['a=b', 'a=3Db'],
    ['blank at the end ', 'blank at the end=20'],
    ['naïve 中', 'na=C3=AFve =E4=B8=AD'],
    ['two\nlines', 'two\r\nlines'],
    ['-- ', '--=20'],
  ])('writes %j as %j', (text, encoded) => expect(quotedPrintable(text)).toBe(encoded));

  test('comes back as it was, in lines of at most 76 characters of ASCII, none starting with a dot', async () => {
    const line = fc.string({ unit: fc.constantFrom('.', '=', ' ', '\t', 'a', 'é', '中', '😀', '-'), maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
        const text = lines.join('\n');
        const raw = message({ text: encode(`${text}\n`) });
        const encodedLines = quotedPrintable(text).split('\r\n');
        expect(encodedLines.every((one) => /^(?!\.)[\x20-\x7e\t]{0,76}$/.test(one) && !/[ \t]$/.test(one))).toBe(true);
        // The parser adds a line end of its own.
        expect((await PostalMime.parse(raw)).text!.replace(/\n*$/, '')).toBe(text.replace(/\n*$/, ''));
      }),
      { numRuns: 200, seed: 20_261_121 },
    );
  });
});

describe('headers', () => {
  test.each([
    ['Courant No 12: Attention Is All You Need'],
    ['Größe und 中文 in one subject that is long enough to need more than one encoded word, by far, indeed'],
    ['😀'.repeat(60)],
    ['=?utf-8?B?aGFjaw==?='],
    ['a'.repeat(400)],
  ])('carry the subject %j to the reader unchanged', async (subject) => {
    const raw = message({ subject });
    expect((await PostalMime.parse(raw)).subject).toBe(subject);
    expect(
      raw
        .subarray(0, raw.indexOf('\r\n\r\n'))
        .toString('latin1')
        .split('\r\n')
        .every((line) => line.length <= 250),
    ).toBe(true);
  });

  test('cannot be injected into: whatever a title or name holds, the names of the headers stay the same', async () => {
    const names = async (raw: Buffer) => (await PostalMime.parse(raw)).headers.map(({ key }) => key);
    const expected = await names(message({}));
    const hostile = fc.string({
      unit: fc.constantFrom('\r', '\n', '\r\n', 'Bcc: x@y.z', ' ', ':', 'é', '"', '\\', '<', '\0'),
    });
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (subject, name) => {
        expect(await names(message({ subject, from: { name, address: 'news@example.org' } }))).toEqual(expected);
      }),
      { numRuns: 200, seed: 20_261_121 },
    );
    expect(header('X-Test', 'a\r\nBcc: b\nc')).toBe('X-Test: a  Bcc: b c\r\n');
  });

  test.each([
    ['Courant <news@example.org>', { name: 'Courant', address: 'news@example.org' }],
    ['"Courant, weekly" <news@example.org>', { name: 'Courant, weekly', address: 'news@example.org' }],
    ['news@exämple.org', { name: '', address: 'news@xn--exmple-cua.org' }],
  ])('read the sender %j', (text, mailbox) => expect(parseMailbox(text)).toEqual(mailbox));

  test.each([
    '',
    'nobody',
    'a@b@c',
    'a b@c.d',
    'a@b.c\r\nBcc: x@y.z',
    'Courant <>',
    'ü@example.org',
    '<a@b.c>, <d@e.f>',
  ])('refuse %j as an address', (text) => expect(() => parseMailbox(text)).toThrow(/not one that mail can be sent to/));

  test('quote a name with a comma, and encode one outside ASCII', () => {
    expect(mailboxText({ name: 'A, "B"', address: 'a@b.c' })).toBe('"A, \\"B\\"" <a@b.c>');
    expect(mailboxText({ name: 'Wöche', address: 'a@b.c' })).toBe('=?utf-8?B?V8O2Y2hl?= <a@b.c>');
    expect(headerText(' two\r\n lines ')).toBe('two lines');
    expect(asciiAddress("o'brien+list@example.org")).toBe("o'brien+list@example.org");
  });
});

describe('long lines', () => {
  test('are broken at blanks, so that the markup travels in 7 bits', () => {
    const html = `<p>${'word '.repeat(1000)}</p>`;
    const folded = foldText(html);
    expect(fitsLines(Buffer.from(folded.replaceAll('\n', '\r\n')))).toBe(true);
    expect(folded.replaceAll('\n', ' ')).toBe(html);
  });

  test('of markup are never broken within a style', () => {
    const style = `style="padding:0 ${'0 '.repeat(60)};font-family:Georgia,'Times New Roman',serif"`;
    const html = `${'<p>word word</p> '.repeat(12)}<td ${style}>${'more words '.repeat(40)}</td><td ${style}>"end"</td>`;
    const folded = foldMarkup(html);
    expect(folded.split(style)).toHaveLength(3);
    expect(Math.max(...folded.split('\n').map(({ length }) => length))).toBeLessThan(500);
    expect(folded.replaceAll('\n', ' ')).toBe(html);
  });

  test('that cannot be broken travel as quoted-printable, whole', async () => {
    const html = `<p>${'&#20013;'.repeat(500)}</p>\r\n`;
    const raw = message({ html: Buffer.from(html) });
    expect(raw.toString('latin1')).toContain('text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable');
    expect((await PostalMime.parse(raw)).html!.trimEnd()).toBe(html.trimEnd());
    expect(
      raw
        .toString('latin1')
        .split('\r\n')
        .every((line) => line.length <= 998),
    ).toBe(true);
  });
});
