import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { configSchema, parseConfig } from '../../core/config.ts';

const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const example = parseEnv(text);
const names = Object.keys(configSchema.shape);
/** The secrets of core/config.ts: it reads `X_FILE` for these and for no other. */
const secrets = ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'SECRET', 'SUMMARY_KEY', 'TRANSLATE_KEY', 'MAIL_HOOK_POSTMARK', 'MAIL_HOOK_MAILGUN', 'MAIL_HOOK_SECRET', 'WEBHOOK_SECRET']; // prettier-ignore

test('.env.example holds every variable of the config, the files of the secrets, and nothing else', () => {
  expect(Object.keys(example).toSorted()).toEqual([...names, ...secrets.map((name) => `${name}_FILE`)].toSorted());
});

test('every variable has one line above it that says what it is', () => {
  const lines = text.split('\n');
  const unexplained = lines.filter((line, place) => /^\w+=/.test(line) && !/^# .*\.$/.test(lines[place - 1] ?? ''));
  expect(unexplained).toEqual([]);
});

test('its values are the defaults', () => {
  expect(parseConfig(example)).toEqual(parseConfig({}));
});

test('every default is spelled out', () => {
  const spelled = names.filter((name) => example[name] !== '');
  const defaults = Object.entries(configSchema.parse({})).filter(([, value]) => value !== undefined && value !== '');
  expect(spelled.toSorted()).toEqual(defaults.map(([name]) => name).toSorted());
});

test.each(secrets)('%s_FILE is read', (name) => {
  expect(() => parseConfig({ [`${name}_FILE`]: '/nowhere' })).toThrow(`${name}_FILE names /nowhere`);
});
