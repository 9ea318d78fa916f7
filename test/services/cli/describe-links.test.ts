import { expect, test } from 'vitest';
import { describeLinks } from '../../../services/cli/describe-links.ts';

test('mails that leave the machine need https for their one-click unsubscribe; those in the outbox do not', () => {
  const secure = { PUBLIC_URL: 'https://news.example.org', SMTP_URL: 'smtp://127.0.0.1' };
  expect(describeLinks(secure)).toBe('mails lead to https://news.example.org');
  expect(() => describeLinks({ ...secure, PUBLIC_URL: 'http://news.example.org' })).toThrow('set PUBLIC_URL');
  expect(describeLinks({ PUBLIC_URL: 'http://127.0.0.1:3000', SMTP_URL: undefined })).toContain('127.0.0.1');
});
