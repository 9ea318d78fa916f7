// What is parsed of a mail from a stranger, and what is refused before a parser sees it.
import { expect, test } from 'vitest';
import { readableMail } from '../../../core/mail/readable-mail.ts';

const head = 'From: ada@reader.example\r\nSubject: x\r\n';
const of = (raw: string) => readableMail(Buffer.from(raw))?.toString();
const parts = (count: number): string => `${head}Content-Type: multipart/mixed; boundary=a\r\n\r\n${'--a\r\n\r\nx\r\n'.repeat(count)}--a--\r\n`; // prettier-ignore

test('a mail as people write it is left as it is', () => {
  const raw = `${head}\r\nleave\r\n\r\n-- \r\nAda\r\n`;
  expect(of(raw)).toBe(raw);
  expect(of(head)).toBe(head);
});

test('runs of empty lines are folded, with blanks in them or without, but not in a head', () => {
  expect(of(`${head}X: a\r\n \r\n \r\n \r\n\r\na${'\r\n'.repeat(30_000)}b\n\n\n\nc${'\n \t'.repeat(9)}d`)).toBe(`${head}X: a\r\n \r\n \r\n \r\n\r\na\r\n\r\n\r\nb\n\n\nc\n \t\n \t\n \td`); // prettier-ignore
});

test('64 KB are read', () => {
  expect(of(`${head}\r\n${'a line\r\n'.repeat(50_000)}`)).toHaveLength(65_536);
});

test.each([
  ['a head that does not end in there', `From: ${'a@b.example, '.repeat(9_000)}\r\n\r\nx`],
  ['201 fields', `${'X: y\r\n'.repeat(201)}\r\nx`],
  ['201 fields of a part', parts(1).replace('--a\r\n', `--a\r\n${'X: y\r\n'.repeat(201)}`)],
  ['101 parts', parts(101)],
  ['101 parts of a boundary that looks like an end', parts(101).replaceAll('--a', '--a--')],
])('%s: refused', (_name, raw) => expect(of(raw)).toBeUndefined());

test('200 fields and 100 parts are read', () => {
  expect(of(`${'X: y\r\n'.repeat(200)}\r\nx`)).toBeDefined();
  expect(of(parts(100))).toBe(parts(100));
});
