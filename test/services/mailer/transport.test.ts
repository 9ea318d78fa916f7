import { afterEach, describe, expect, test } from 'vitest';
import type { SMTPServerOptions } from 'smtp-server';
import { parseConfig } from '../../../core/config.ts';
import { PermanentError } from '../../../core/errors.ts';
import { openTransport, verifyTransport } from '../../../services/mailer/transport.ts';
import { startMailServer, type Manners } from '../../mail-server.ts';
import { startMisbehavingServer, type Stage } from '../../misbehaving-mail-server.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const config = (url: string | undefined) =>
  parseConfig({ SMTP_URL: url, DATA_DIR: '/nowhere', MAIL_TIMEOUT_SECONDS: '20' });
const raw = Buffer.from('Subject: x\r\n\r\n.\r\n.hidden\r\n');
const yes = async (): Promise<boolean> => true;

async function open(manners?: Manners, options?: SMTPServerOptions, login = '') {
  const server = await startMailServer(manners, options);
  stops.push(server.stop);
  const url = server.url.replace('smtp://', `smtp://${login}`);
  return {
    server,
    url,
    send: async (to = 'a@example.org', begin = yes) => {
      const connection = await openTransport(config(url)).open();
      stops.unshift(() => connection.close());
      return connection.send({ row: 'delivery-1', from: 'n@example.org', to, raw }, begin);
    },
  };
}

describe('the server says of one mail', () => {
  test('250: submitted, with its own words, and the message is what was given, dots included', async () => {
    const { server, send } = await open();
    expect(await send()).toEqual({ outcome: 'submitted', reply: expect.stringMatching(/^250/) });
    expect(server.taken[0]!.raw.toString()).toBe(raw.toString());
  });

  test.each([
    [450, 'deferred'],
    [452, 'deferred'],
    [421, 'deferred'],
    [550, 'refused'],
    [552, 'refused'],
  ])('%i to the recipient: %s', async (code, outcome) => {
    const { send } = await open(() => ({ code }));
    expect(await send()).toMatchObject({ outcome, reply: expect.stringContaining(String(code)) });
  });

  test('nothing more after the last byte: unknown', async () => {
    const { send } = await open(() => ({ hangUp: true }));
    expect((await send()).outcome).toBe('unknown');
  });

  test('a refused sender is about us', async () => {
    const { send } = await open(undefined, {
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode: 550 })),
    });
    expect(await send()).toMatchObject({ outcome: 'refused', reason: 'policy' });
  });
});

describe('a mail of which nothing was written down does not leave', () => {
  test('when another process took it over', async () => {
    const { server, send } = await open();
    expect((await send('a@example.org', async () => false)).outcome).toBe('unsent');
    expect(server.taken).toEqual([]);
  });

  test('when the database does not answer', async () => {
    const { server, send } = await open();
    const attempt = await send('a@example.org', () => Promise.reject(new Error('the database is gone')));
    expect(attempt).toMatchObject({ outcome: 'unsent', reply: expect.stringContaining('the database is gone') });
    expect(server.taken).toEqual([]);
  });
});

describe('trouble that would meet every mail is thrown', () => {
  test('no server: try again later', async () => {
    await expect(openTransport(config('smtp://127.0.0.1:9')).open()).rejects.toMatchObject({ isForAPerson: false });
  });

  test('a refused login: say what to correct, and keep the password out of the words', async () => {
    const options: SMTPServerOptions = {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong')),
    };
    const { url } = await open(undefined, options, 'user:hunter2@');
    const opening = openTransport(config(url)).open();
    await expect(opening).rejects.toMatchObject({
      isForAPerson: true,
      message: expect.stringContaining('correct SMTP_URL'),
    });
    await expect(opening).rejects.not.toThrow(/hunter2/);
    await expect(verifyTransport(config(url))).rejects.toThrow(PermanentError);
  });
});

describe('a server that takes nothing from here, and will not tomorrow', () => {
  const greets = async (stage: Stage, reply: string, pipelining = true) => {
    const server = await startMisbehavingServer({
      misbehave: (now) => (now.stage === stage ? { reply } : undefined),
      pipelining,
    });
    stops.push(server.stop);
    return openTransport(config(server.url)).open();
  };

  test.each<[Stage, string]>([
    ['greeting', '554 No SMTP service here'],
    ['greeting', '554 5.7.1 client host blocked using a list'],
    ['greeting', '521 host does not accept mail'],
    ['ehlo', '554 5.7.1 go away'],
  ])('at the %s, with %s: a person has to look', async (stage, reply) => {
    const opening = greets(stage, reply);
    await expect(opening).rejects.toMatchObject({ isForAPerson: true, message: expect.stringContaining(reply) });
  });

  test.each<[Stage, string]>([
    ['greeting', '554 5.7.0 too many connections from your address'],
    ['greeting', '550 connection rate limit exceeded'],
    ['greeting', '554 maximum number of concurrent sessions'],
    ['greeting', '421 later'],
    ['ehlo', '421 4.3.2 shutting down'],
    ['greeting', 'hello'],
  ])('at the %s, with %s: later', async (stage, reply) => {
    await expect(greets(stage, reply)).rejects.toMatchObject({ isForAPerson: false });
  });
});

describe('TLS', () => {
  const offered = { disabledCommands: ['AUTH'] };

  test('is taken where it is offered, whoever the server is', async () => {
    let isSecure = false;
    const { send } = await open(undefined, {
      ...offered,
      onMailFrom: (_address, session, done) => {
        isSecure = session.secure;
        done();
      },
    });
    expect((await send()).outcome).toBe('submitted');
    expect(isSecure).toBe(true);
  });

  test('when it is required, a certificate nobody vouches for is not enough, nor is none', async () => {
    for (const options of [offered, {}]) {
      const { url } = await open(undefined, options);
      const required = { ...config(url), MAIL_TLS: 'required' as const };
      await expect(openTransport(required).open()).rejects.toThrow(/nothing was lost, the mails wait/);
    }
  });

  test('a password does not leave this machine without it, whoever took the offer away', async () => {
    const passwords: unknown[] = [];
    const stripped: SMTPServerOptions = {
      disabledCommands: ['STARTTLS'],
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) => {
        passwords.push(password);
        done(null, { user: 'user' });
      },
    };
    const { url } = await open(undefined, stripped, 'user:hunter2@');
    await openTransport(config(url))
      .open()
      .then((connection) => connection.close());
    expect(passwords).toEqual(['hunter2']);
    // This machine too, by an address that is none of a loopback.
    const elsewhere = openTransport(config(url.replace('127.0.0.1', '0.0.0.0')));
    await expect(elsewhere.open()).rejects.toThrow(/nothing was lost, the mails wait/);
    expect(passwords).toEqual(['hunter2']);
  });

  test('when its handshake fails and it was only offered, the mail goes as it did before', async () => {
    const { send } = await open(undefined, {
      ...offered,
      minVersion: 'TLSv1.3',
      maxVersion: 'TLSv1.2',
    });
    expect((await send()).outcome).toBe('submitted');
  });
});

test('the doctor is told where mails go, and whether the server answers', async () => {
  const { url } = await open();
  expect(await verifyTransport(config(url))).toMatch(/^127\.0\.0\.1:\d+ answers$/);
  expect(await verifyTransport(config(undefined))).toContain('/nowhere/outbox');
  await expect(verifyTransport(config('smtp://127.0.0.1:9'))).rejects.toThrow(/Check that it runs/);
});
