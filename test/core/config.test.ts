import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { allowedAddresses, parseConfig } from '../../core/config.ts';
import { PermanentError } from '../../core/errors.ts';

const directory = mkdtempSync(join(tmpdir(), 'courant-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function fileHolding(text: string): string {
  const path = join(directory, `secret-${text.length}`);
  writeFileSync(path, text);
  return path;
}

function complaintAbout(environment: Record<string, string>): string {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof PermanentError) return error.message;
    throw error;
  }
  return 'nothing';
}

describe('a wrong value is one line with the variable, what it holds and what it may hold', () => {
  test.each([
    ['PUBLIC_URL', 'https://news.example/?a=1', 'without "?", "#"'],
    ['PUBLIC_URL', 'https://news.example/#top', 'without "?", "#"'],
    ['DESK_URL', 'https://desk.example/?', 'without "?", "#"'],
    ['ALLOW_ADDRESSES', 'foo', 'pairs of host and port'],
    ['ALLOW_ADDRESSES', '127.0.0.1:4100,http://a.lan:80', 'pairs of host and port'],
    ['ALLOW_ADDRESSES', '127.0.0.1:99999', 'pairs of host and port'],
    ['MODEL_HUB', 'ftp://hub.example', 'an http:// or https:// address'],
    ['PORT', 'eighty', 'a number from 0 to 65535'],
    ['PORT', '70000', 'a number from 0 to 65535'],
    ['PORT', '80.5', 'a number from 0 to 65535'],
    ['PUBLIC_URL', 'courant.example', 'an http:// or https:// address'],
    ['DESK_URL', 'ftp://desk.example', 'an http:// or https:// address'],
    ['MAIL_FROM', 'Courant', 'an address such as "Courant <news@example.org>"'],
    ['MAIL_PER_SECOND', 'fast', 'a number above 0'],
    ['MAIL_PER_SECOND', '0', 'a number above 0'],
    ['DRAFT_AT', 'friday 6', 'a day and time such as "fri 06:00"'],
    ['SEND_AT', 'sat 24:00', 'a day and time such as "fri 06:00"'],
    ['TIMEZONE', 'Berlin', 'a zone such as Europe/Berlin'],
    ['EMBEDDER', 'openai', 'one of embedded, transformers'],
    ['HOST', 'my host', 'an address or a name of this machine'],
    ['TRUST_PROXY', 'yes', 'the number of proxies in front of Courant (1)'],
    ['TRUST_PROXY', 'true', 'To trust everybody (true) would let every visitor choose an address'],
    ['TRUST_PROXY', '-1', 'the number of proxies'],
    ['TRUST_PROXY', '11', 'the number of proxies'],
    ['TRUST_PROXY', '1.5', 'the number of proxies'],
    ['TRUST_PROXY', '0.0.0.0/0', 'the number of proxies'],
    ['TRUST_PROXY', 'loopback,::/0', 'the number of proxies'],
    ['TRUST_PROXY', '10.0.0.0/8,', 'the number of proxies'],
    ['TRUST_PROXY', 'proxy.example', 'the number of proxies'],
    ['SUMMARY_URL', 'http://127.0.0.1:11434/v1/chat/completions', 'without /chat/completions'],
    ['SUMMARY_URL', 'http://127.0.0.1:11434/v1?key=a', 'without "?"'],
    ['SUMMARY_URL', 'localhost:11434/v1', 'an http:// or https:// address up to the version'],
    ['SUMMARY_MODEL', ' ', 'the name of a model in one line'],
    ['MODEL', 'https://huggingface.co/Xenova/all-MiniLM-L6-v2', 'the name of a model such as'],
    ['MODEL', '../models', 'the name of a model such as'],
    ['MODEL_PATH', 'https://hub.example/models', 'the path of a directory that holds the model'],
    ['MODEL_HUB', 'https://hub.example/?mirror=1', 'without "?"'],
    ['YT_DLP', 'yt-dlp --proxy socks5:1', 'the name or the path of a program, without options'],
    ['YT_DLP', '--version', 'the name or the path of a program, without options'],
    ['YT_DLP', 'https://yt-dlp.example/yt-dlp', 'the name or the path of a program'],
    ['DATA_DIR', 'postgres://db/courant', 'the path of a directory'],
    ['LOG_LEVEL', 'loud', 'one of debug, info, warn, error, silent'],
  ])('%s=%s', (name, value, may) => {
    const complaint = complaintAbout({ [name]: value });
    expect(complaint).toContain(`${name} holds "${value}"`);
    expect(complaint).toContain(may);
    expect(complaint).not.toContain('\n');
  });

  test.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/courant', 'a postgres:// address'],
    ['REDIS_URL', 'hunter2', 'a redis:// address'],
    ['SMTP_URL', 'https://hunter2@mail.example', 'an smtp:// or smtps:// address'],
    ['SECRET', 'hunter2', 'at least 32 characters'],
    ['DATABASE_URL', 'postgres://courant:12#hunter2@db/courant', 'a # in a password is written %23'],
    ['REDIS_URL', 'redis://me:12#hunter2@redis', 'a # in a password is written %23'],
    ['SMTP_URL', 'smtp://news:12#hunter2@mail.example', 'a # in a password is written %23'],
    ['PUBLIC_URL', 'postgres://courant:hunter2@db/courant', 'an http:// or https:// address'],
    ['SUMMARY_URL', 'htp://me:hunter2@models.example/v1', 'an http:// or https:// address'],
    ['MODEL_HUB', 'https//me:hunter2@hub.example', 'an http:// or https:// address'],
    ['DATABASE_URL_FILE', 'postgres://courant:hunter2@db/courant', 'cannot be read'],
    ['SECRET_FILE', 'hunter2@long-secret', 'cannot be read'],
  ])('%s, which is secret, so its value is not repeated', (name, value, may) => {
    const complaint = complaintAbout({ [name]: value });
    expect(complaint).toMatch(new RegExp(`^${name} (holds|names) .*${may}`));
    expect(complaint).not.toContain('hunter2');
  });
});

test('two wrong values are two lines', () => {
  const lines = complaintAbout({ PORT: 'x', LOG_LEVEL: 'loud' }).split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL']);
});

test('nothing set is the defaults: one process on this machine', () => {
  const config = parseConfig({});
  expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, EMBEDDER: 'embedded', TRUST_PROXY: 'false' });
  expect(config.DATABASE_URL).toBeUndefined();
  expect([config.PUBLIC_URL, config.DESK_URL]).toEqual(['http://127.0.0.1:3000', 'http://127.0.0.1:3000']);
  expect(Object.isFrozen(config)).toBe(true);
});

test.each([
  ['0.0.0.0', 'http://localhost:8080'],
  ['::', 'http://localhost:8080'],
  ['::1', 'http://[::1]:8080'],
  ['192.168.1.5', 'http://192.168.1.5:8080'],
])('pages that listen on %s are at %s unless PUBLIC_URL says otherwise', (HOST, address) => {
  expect(parseConfig({ HOST, PORT: '8080' }).PUBLIC_URL).toBe(address);
});

test('an empty string counts as unset, as Compose passes it', () => {
  expect(parseConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 });
});

test('addresses lose the slash at their end, and the desk is where the site is unless told otherwise', () => {
  expect(parseConfig({ PUBLIC_URL: 'https://courant.example/' })).toMatchObject({
    PUBLIC_URL: 'https://courant.example',
    DESK_URL: 'https://courant.example',
  });
});

test.each(['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'SECRET'])('%s may stand in a file', (name) => {
  const values: Record<string, string> = {
    DATABASE_URL: 'postgres://db/courant',
    REDIS_URL: 'redis://queue',
    SMTP_URL: 'smtp://mail:25',
    SECRET: 'a secret of forty characters, at least 32',
  };
  const value = values[name]!;
  expect(parseConfig({ [`${name}_FILE`]: fileHolding(`${value}\n`) })).toMatchObject({ [name]: value });
});

test('a value in the environment wins over one in a file', () => {
  expect(parseConfig({ REDIS_URL: 'redis://near', REDIS_URL_FILE: fileHolding('redis://far-away') })).toMatchObject({
    REDIS_URL: 'redis://near',
  });
});

test('a file that cannot be read is one line with its path', () => {
  const complaint = complaintAbout({ SECRET_FILE: '/nowhere/secret' });
  expect(complaint).toContain('SECRET_FILE names /nowhere/secret, which cannot be read');
  expect(complaint).not.toContain('\n');
});

test('a wrong value in a file is named like any other', () => {
  expect(complaintAbout({ SECRET_FILE: fileHolding('short') })).toMatch(/^SECRET holds .*at least 32 characters/);
});

test('a sender of two lines is refused: what follows would be a header of its own', () => {
  expect(complaintAbout({ MAIL_FROM: 'News <news@a.example>\r\nBcc: all@b.example' })).toMatch(/^MAIL_FROM .*one line/);
});

test('several addresses may be let in, IPv6 too', () => {
  const list = '127.0.0.1:4100, feeds.lan:80,[::1]:8080';
  expect(parseConfig({ ALLOW_ADDRESSES: list }).ALLOW_ADDRESSES).toBe(list);
});

test('the list of allowed addresses is read with commas or spaces', () => {
  expect(allowedAddresses('127.0.0.1:4100, feeds.lan:80')).toEqual(['127.0.0.1:4100', 'feeds.lan:80']);
  expect(allowedAddresses('')).toEqual([]);
});

test.each(['https://me:hunter2@models.example/v1', 'http://hunter2@127.0.0.1/v1'])(
  'a password in SUMMARY_URL is refused and not repeated (%s)',
  (SUMMARY_URL) => {
    const complaint = complaintAbout({ SUMMARY_URL });
    expect(complaint).toContain('a key stands in SUMMARY_KEY');
    expect(complaint).not.toContain('hunter2');
  },
);

test('a key that no header can carry is refused and not repeated', () => {
  const complaint = complaintAbout({ SUMMARY_KEY: 'hunter2\nx-other: 1' });
  expect(complaint).toContain('SUMMARY_KEY holds a value that does not fit; it may hold: a key of ASCII characters');
  expect(complaint).not.toContain('hunter2');
});

test('paths may hold spaces, and programs may be named by their path', () => {
  const given = {
    MODEL_PATH: '/srv/my models',
    YT_DLP: '/opt/my tools/yt-dlp',
    SUMMARY_URL: 'http://127.0.0.1:11434/v1/',
  };
  expect(parseConfig(given)).toMatchObject(given);
});
