import { expect, test } from 'vitest';
import { dotStuffed } from '../../../services/mailer/gated-message.ts';

test.each<[string, string, string | undefined]>([
  ['no dots', 'a: b\r\n\r\nc.d\r\n', 'a: b\r\n\r\nc.d\r\n'],
  ['dots at the start of lines', '.a\r\n..\r\n.\r\nb.\r\n', '..a\r\n...\r\n..\r\nb.\r\n'],
  ['a bare line feed', 'a\n.\r\n', undefined],
  ['a bare carriage return', 'a\r.\r\n', undefined],
  ['two of them before a line end', 'a\r\r\n', undefined],
  ['no line end at the end', 'a\r\nb', undefined],
  ['nothing', '', undefined],
])('%s', (_, raw, expected) => {
  expect(dotStuffed(Buffer.from(raw))?.toString()).toBe(expected);
});
