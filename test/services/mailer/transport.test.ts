import { afterEach, describe, expect, test } from 'vitest';
import type { SMTPServerOptions } from 'smtp-server';
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import { openTransport, verifyTransport } from '../../../services/mailer/transport.ts';
import { startMailServer, type Manners } from '../../mail-server.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function open(manners?: Manners, options?: SMTPServerOptions, login = '') {
  const server = await startMailServer(manners, options);
  const url = server.url.replace('smtp://', `smtp://${login}`);
  const transport = openTransport({ SMTP_URL: url, DATA_DIR: '/nowhere' });
  stops.push(() => transport.close(), server.stop);
  const raw = Buffer.from('Subject: x\r\n\r\n.\r\n.hidden\r\n');
  return {
    server,
    url,
    send: (to = 'a@example.org') => transport.send({ row: 'delivery-1', from: 'n@example.org', to, raw }),
  };
}

describe('the server says of one mail', () => {
  test('250: submitted, with its own words, and the message is what was given, dots included', async () => {
    const { server, send } = await open();
    expect(await send()).toEqual({ outcome: 'submitted', reply: expect.stringMatching(/^250/) });
    expect(server.taken[0]!.raw.toString()).toBe('Subject: x\r\n\r\n.\r\n.hidden\r\n');
  });

  test.each([
    [450, 'deferred'],
    [452, 'deferred'],
    [550, 'refused'],
    [552, 'refused'],
  ])('%i to the recipient: %s', async (code, outcome) => {
    const { send } = await open(() => ({ code }));
    expect(await send()).toEqual({ outcome, reply: expect.stringContaining(String(code)) });
  });

  test('nothing more after the last byte: unknown', async () => {
    const { send } = await open(() => ({ hangUp: true }));
    expect((await send()).outcome).toBe('unknown');
  });
});

describe('trouble that would meet every mail is thrown', () => {
  test('no server: try again later', async () => {
    const transport = openTransport({ SMTP_URL: 'smtp://127.0.0.1:9', DATA_DIR: '/nowhere' });
    const sending = transport.send({
      row: 'delivery-1',
      from: 'n@example.org',
      to: 'a@example.org',
      raw: Buffer.from('x'),
    });
    await expect(sending).rejects.toBeInstanceOf(TemporaryError);
  });

  test('421, the server wants no more for now: try again later', async () => {
    const { send } = await open(() => ({ code: 421 }));
    await expect(send()).rejects.toBeInstanceOf(TemporaryError);
  });

  test('a refused sender: say what to correct', async () => {
    const { send } = await open(undefined, {
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode: 550 })),
    });
    await expect(send()).rejects.toThrow(PermanentError);
    await expect(send()).rejects.toThrow(/correct the sender on the settings page/);
  });

  test('a refused login: say what to correct, and keep the password out of the words', async () => {
    const options: SMTPServerOptions = {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong')),
    };
    const { send, url } = await open(undefined, options, 'user:hunter2@');
    await expect(send()).rejects.toThrow(/correct SMTP_URL/);
    await expect(send()).rejects.not.toThrow(/hunter2/);
    await expect(verifyTransport({ SMTP_URL: url, DATA_DIR: '/nowhere' })).rejects.toThrow(PermanentError);
  });
});

test('the doctor is told where mails go, and whether the server answers', async () => {
  const { url } = await open();
  expect(await verifyTransport({ SMTP_URL: url, DATA_DIR: '/nowhere' })).toMatch(/^127\.0\.0\.1:\d+ answers$/);
  expect(await verifyTransport({ SMTP_URL: undefined, DATA_DIR: '/data' })).toContain('/data/outbox');
  await expect(verifyTransport({ SMTP_URL: 'smtp://127.0.0.1:9', DATA_DIR: '/data' })).rejects.toThrow(
    /Check that it runs/,
  );
});
