// Environment -> one frozen typed object; the only reader of process.env.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { namesEditions } from './editions/edition-langs.ts';
import { PermanentError } from './errors.ts';
import { readMailAddress } from './mail/mail-address.ts';
import { readWindow } from './mail/send-window.ts';
import { readTrust, trustWords } from './network/trusted-proxies.ts';
import { readWarmUp } from './mail/warm-up.ts';
import { wordsLangs } from './words-langs.ts';

/** Links are made by putting a path behind it. */
const siteUrl = (
  may = 'an http:// or https:// address without "?", "#" and password, such as https://news.example.org',
) => z.string().refine((value) => isSite(value), { error: may, abort: true });
/** Of a service that is asked. */
const serviceUrl = () => siteUrl('an http:// or https:// address without "?", "#" and password');
function isSite(value: string): boolean {
  if (!URL.canParse(value) || /[?#]/.test(value)) return false;
  const { protocol, username } = new URL(value);
  return /^https?:$/.test(protocol) && username === '';
}
const hasControls = /\p{Cc}/u;
const oneLineOf = (may: string) =>
  z.string().refine((value) => !hasControls.test(value) && value.trim() !== '', { error: may, abort: true });
/** A path, where an address or a line of options was meant for something else. */
const pathOf = (may: string) =>
  oneLineOf(may).refine((value) => !value.startsWith('-') && !value.includes('://'), { error: may, abort: true });
/** A port has to be named: an address is let in for one service. */
const hostPort = /^(?:[\p{L}\p{N}_.-]{1,253}|\[[\da-f:.]{2,45}\]):\d{1,5}$/iu;

const days = (least: number) =>
  z.coerce
    .number({ error: `days, ${least} or more` })
    .int()
    .min(least, `days, ${least} or more`)
    .max(36_500);
/** Behind a `#` an address ends: a password with one in it would be cut there, and its beginning taken for the host. */
const serverUrl = (protocol: RegExp, may: string) =>
  z.url({ protocol, error: may }).refine((value) => !value.includes('#'), `${may}; a # in a password is written %23`);
const weekTime = z
  .string()
  .regex(/^(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):[0-5]\d$/, 'a day and time such as "fri 06:00"');

/** Every variable Courant knows, with its default; `.env.example` is held against this list by a test. */
export const configSchema = z.object({
  DATA_DIR: pathOf('the path of a directory').default('./data'),
  DATABASE_URL: serverUrl(/^postgres(ql)?$/, 'a postgres:// address').optional(),
  REDIS_URL: serverUrl(/^rediss?$/, 'a redis:// address').optional(),
  HOST: z
    .string()
    .refine((host) => URL.canParse(addressOf(host, 0)), 'an address or a name of this machine such as 127.0.0.1')
    .default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'a number from 0 to 65535' }).int().min(0).max(65535).default(3000),
  PUBLIC_URL: siteUrl().optional(),
  DESK_URL: siteUrl().optional(),
  SECRET: z.string().min(32, 'at least 32 characters').optional(),
  SMTP_URL: serverUrl(/^smtps?$/, 'an smtp:// or smtps:// address').optional(),
  MAIL_FROM: z
    .string()
    .refine(
      (value) => value.includes('@') && !hasControls.test(value),
      'one line with an address such as "Courant <news@example.org>"',
    )
    .optional(),
  MAIL_PER_SECOND: z.coerce.number({ error: 'a number above 0' }).positive().default(50),
  MAIL_CONNECTIONS: z.coerce.number({ error: 'a number from 1 to 100' }).int().min(1).max(100).default(10),
  MAIL_TIMEOUT_SECONDS: z.coerce.number({ error: 'seconds, 5 or more' }).min(5, 'seconds, 5 or more').default(300),
  MAIL_TLS: z.enum(['opportunistic', 'required']).default('opportunistic'),
  MAIL_WINDOW: z
    .string()
    .refine((hours) => readWindow(hours) !== undefined, 'two full hours such as 7-10')
    .optional(),
  MAIL_WARMUP: z.string().refine((plan) => readWarmUp(plan) !== undefined, 'a day and the letters of each day from it on, such as "2026-12-01 50 100 200"').optional(), // prettier-ignore
  CONFIRMATIONS_PER_HOUR: z.coerce.number({ error: 'a number from 1 up' }).int().min(1).default(500),
  MAIL_HOOK_SES: z.string().startsWith('arn:aws', 'the ARN of the SNS topic, such as arn:aws:sns:eu-central-1:123456789012:mail').optional(), // prettier-ignore
  MAIL_HOOK_POSTMARK: z
    .string()
    .refine(
      (value) => value.indexOf(':') > 0 && value.length >= 20,
      'a name and a password, name:password, 20 characters or more',
    )
    .optional(),
  MAIL_HOOK_SENDGRID: z.base64('the verification key that SendGrid shows, in base64').optional(),
  MAIL_HOOK_MAILGUN: z.string().min(16, 'the webhook signing key that Mailgun shows').optional(),
  MAIL_HOOK_SECRET: z.string().startsWith('whsec_', 'a secret as whsec_ and base64').min(30, 'a secret as whsec_ and base64').optional(), // prettier-ignore
  WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
  WEBHOOK_SECRET: z.string().startsWith('whsec_', 'a secret as whsec_ and base64').min(30, 'a secret as whsec_ and base64').optional(), // prettier-ignore
  WEBSUB_HUB: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
  EMBED_ORIGINS: z
    .string()
    .refine(
      (list) => list.split(',').every((one) => one.trim() === '' || isOrigin(one.trim())),
      'origins such as https://lab.example, with commas between',
    )
    .default(''),
  INBOX_PORT: z.coerce.number({ error: 'a number from 0 to 65535' }).int().min(0).max(65535).optional(),
  INBOX_HOST: z
    .string()
    .refine((host) => URL.canParse(addressOf(host, 0)), 'an address or a name of this machine such as 0.0.0.0')
    .default('127.0.0.1'),
  INBOX_DOMAIN: z.hostname('a domain such as inbox.example.org').default('localhost'),
  MAIL_SUBSCRIBE: z
    .string()
    .refine((address) => readMailAddress(address) !== undefined, 'an address such as subscribe@inbox.example.org')
    .optional(),
  DRAFT_AT: weekTime.default('fri 06:00'),
  SEND_AT: weekTime.default('sat 07:00'),
  TIMEZONE: z
    .string()
    .refine(
      (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
      'a zone such as Europe/Berlin',
    )
    .default('UTC'),
  SITE_LANGUAGE: z.enum(wordsLangs, { error: `one of ${wordsLangs.join(', ')}` }).default('en'),
  EDITIONS: z
    .string()
    .refine((list) => namesEditions(list), `some of ${wordsLangs.join(', ')}, with commas between`)
    .default(''),
  TRANSLATE_API: z.enum(['openai', 'libretranslate']).default('openai'),
  TRANSLATE_URL: siteUrl(
    'an http:// or https:// address such as http://127.0.0.1:11434/v1 or http://127.0.0.1:5000, without "?", "#" and password (a key stands in TRANSLATE_KEY)',
  )
    .refine(
      (value) => !value.includes('/chat/completions') && !value.endsWith('/translate'),
      'the address without /chat/completions or /translate',
    )
    .optional(),
  TRANSLATE_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'a key of ASCII characters without spaces, as it is sent in a header')
    .optional(),
  TRANSLATE_MODEL: oneLineOf('the name of a model in one line').default('gpt-4o-mini'),
  TRANSLATE_LIMIT: z.coerce.number({ error: 'a number from 1 to 300' }).int().min(1).max(300).default(60),
  EMBEDDER: z.enum(['embedded', 'transformers']).default('embedded'),
  MODEL: z
    .string()
    .regex(/^\w[\w.-]{0,95}(?:\/\w[\w.-]{0,95})?$/, 'the name of a model such as Xenova/all-MiniLM-L6-v2')
    .default('Xenova/all-MiniLM-L6-v2'),
  MODEL_PATH: pathOf('the path of a directory that holds the model').optional(),
  MODEL_HUB: serviceUrl().default('https://huggingface.co'),
  SUMMARY_URL: siteUrl(
    'an http:// or https:// address up to the version, such as http://127.0.0.1:11434/v1, without "?", "#" and password (a key stands in SUMMARY_KEY)',
  )
    .refine((value) => !value.includes('/chat/completions'), 'the address up to the version, without /chat/completions')
    .optional(),
  SUMMARY_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'a key of ASCII characters without spaces, as it is sent in a header')
    .optional(),
  SUMMARY_MODEL: oneLineOf('the name of a model in one line').default('gpt-4o-mini'),
  SUMMARY_LIMIT: z.coerce.number({ error: 'a number from 1 to 300' }).int().min(1).max(300).default(40),
  YOUTUBE_URL: serviceUrl().default('https://www.youtube.com'),
  ARXIV_OAI_URL: siteUrl(
    'an http:// or https:// address such as https://oaipmh.arxiv.org/oai, without "?", "#" and password',
  ).optional(),
  ARXIV_API_URL: serviceUrl().default('https://export.arxiv.org/api/query'),
  CROSSREF_API_URL: serviceUrl().default('https://api.crossref.org/works'),
  LOOK_UP_PAPERS: z.enum(['yes', 'no']).default('yes'),
  YT_DLP: pathOf('the name or the path of a program, without options')
    // A name is looked for in PATH as it stands: "yt-dlp --proxy x" would never be found.
    .refine((value) => value.includes('/') || !/\s/.test(value), 'the name or the path of a program, without options')
    .default('yt-dlp'),
  ALLOW_ADDRESSES: z
    .string()
    .refine(
      (value) => allowedAddresses(value).every((entry) => hostPort.test(entry) && URL.canParse(`http://${entry}`)),
      'pairs of host and port such as 127.0.0.1:4100,feeds.lan:80',
    )
    .default(''),
  CHECK_LINKS: z.enum(['yes', 'no']).default('yes'),
  SPAMASSASSIN: pathOf('the name or the path of a program, without options, or no')
    .refine(
      (value) => value.includes('/') || !value.includes(' '),
      'the name or the path of a program, without options, or no',
    ) // prettier-ignore
    .default('spamassassin'),
  SPAM_LIMIT: z.coerce
    .number({ error: 'a number of points above 0' })
    .positive('a number of points above 0')
    .default(3),
  TRUST_PROXY: z
    .string()
    .refine((value) => readTrust(value) !== undefined, trustWords)
    .default('false'),
  KEEP_PICKS_DAYS: days(28).default(90),
  KEEP_EXPOSURES_DAYS: days(90).default(730),
  KEEP_CLICKS_DAYS: days(1).default(90),
  KEEP_ANSWERS_DAYS: days(90).default(730),
  KEEP_NOTICES_DAYS: days(1).default(30),
  KEEP_RENDERS_DAYS: days(1).default(90),
  KEEP_OLD_VECTORS_HOURS: z.coerce
    .number({ error: 'hours, 1 or more' })
    .int()
    .min(1, 'hours, 1 or more')
    .max(876_000)
    .default(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** A scheme and a host, as browsers send it: "https://lab.example". */
function isOrigin(text: string): boolean {
  return text.startsWith('http') && URL.canParse(text) && new URL(text).origin === text;
}

/** The entries of ALLOW_ADDRESSES: "127.0.0.1:4100,feeds.lan:80". */
export function allowedAddresses(list: string): string[] {
  return list.split(/[\s,]+/).filter(Boolean);
}

export type Config = Readonly<
  Omit<z.infer<typeof configSchema>, 'PUBLIC_URL' | 'DESK_URL'> & { PUBLIC_URL: string; DESK_URL: string }
>;

/** Variables whose value may stand in a file named by `X_FILE`, as Docker and Kubernetes mount secrets. */
const secretNames = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'SECRET',
  'SUMMARY_KEY',
  'TRANSLATE_KEY',
  'MAIL_HOOK_POSTMARK',
  'MAIL_HOOK_MAILGUN',
  'MAIL_HOOK_SECRET',
  'WEBHOOK_SECRET',
] as const;

type Values = Partial<Record<keyof z.input<typeof configSchema>, string>>;

/**
 * Reads the environment (and `.env` when there is one) into the frozen config; `overrides` win over both, `defaults` give way.
 * Throws PermanentError with one line for each wrong variable: its name, what it holds, what it may hold.
 */
export function readConfig({ overrides = {}, defaults = {} }: { overrides?: Values; defaults?: Values } = {}): Config {
  return parseConfig({ ...defaults, ...readDotEnv('.env'), ...process.env, ...overrides });
}

/** The pure part of `readConfig`: a plain map of strings in, the config out. An empty string counts as unset. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  for (const name of secretNames) {
    const path = given[`${name}_FILE`];
    if (path && !given[name]) given[name] = readSecret(name, path);
  }
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) {
    throw new PermanentError(parsed.error.issues.map((issue) => describe(issue, given)).join('\n'));
  }
  const config = parsed.data;
  const publicUrl = (config.PUBLIC_URL ?? listeningUrl(config)).replace(/\/$/, '');
  return Object.freeze({
    ...config,
    DATA_DIR: resolve(config.DATA_DIR),
    PUBLIC_URL: publicUrl,
    DESK_URL: (config.DESK_URL ?? publicUrl).replace(/\/$/, ''),
  });
}

/** Where a browser on this machine finds the pages; an address to listen on everywhere is none to go to. */
function listeningUrl({ HOST, PORT }: { HOST: string; PORT: number }): string {
  return addressOf(HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST, PORT);
}

function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Says what is wrong; a secret, and whatever may hold a password before an @, is never repeated. */
function describe(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  const value = String(given[name]);
  const isSecret = (secretNames as readonly string[]).includes(name) || value.includes('@');
  const held = isSecret ? 'a value that does not fit' : `"${value}"`;
  const may = issue.code === 'invalid_value' ? `one of ${issue.values.join(', ')}` : issue.message;
  return `${name} holds ${held}; it may hold: ${may}. Set it in .env or the environment and start again.`;
}

function readSecret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    // Who put the secret itself into X_FILE must not find it in the log.
    const named = /:\/\/|@/.test(path) ? 'no path but an address' : path;
    throw new PermanentError(`${name}_FILE names ${named}, which cannot be read. Correct the path or set ${name}.`, {
      cause: /:\/\/|@/.test(path) ? undefined : cause,
    });
  }
}

function readDotEnv(path: string): Record<string, string | undefined> {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}
