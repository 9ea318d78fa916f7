import { expect, test } from 'vitest';
import { describeSubscribe } from '../../../services/cli/describe-subscribe.ts';

test('an address to subscribe by needs somebody who takes its mails', () => {
  const off = { MAIL_SUBSCRIBE: undefined, INBOX_PORT: undefined, INBOX_HOST: '127.0.0.1' };
  const address = { ...off, MAIL_SUBSCRIBE: 'subscribe@inbox.example' };
  expect(describeSubscribe(off)).toContain('off');
  expect(() => describeSubscribe(address)).toThrow('Set INBOX_PORT');
  expect(describeSubscribe({ ...address, INBOX_PORT: 2525 })).toBe('mails to subscribe@inbox.example are taken at 127.0.0.1:2525'); // prettier-ignore
});
