// The typefaces: the address in the style sheet is the one that is served, and anybody may keep the file for good.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locateTypeface } from '../../services/assets.ts';
import { openApp } from './open-app.ts';

const sheet = readFileSync(new URL('../../templates/assets/fonts.css', import.meta.url), 'utf8');
const addresses = [...sheet.matchAll(/url\(([^)]+)\)/g)].map(([, address]) => address!);

test('every file of the style sheet is of the version that is installed', () => {
  expect(addresses.length).toBeGreaterThan(3);
  const served = ['newsreader', 'inter'].map(locateTypeface);
  for (const address of addresses) {
    const found = served.find(({ prefix }) => address.startsWith(prefix));
    expect(found, address).toBeDefined();
    expect(existsSync(join(found!.files, address.slice(found!.prefix.length))), address).toBe(true);
  }
});

test('a typeface is served from here and kept for good, and the policy lets pages use it', async () => {
  const { app } = await openApp();
  const answer = await app.inject(addresses[0]!);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'font/woff2']);
  expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await app.inject('/')).headers['content-security-policy']).toContain("font-src 'self'");
  expect((await app.inject('/fonts/inter-0.0.0/inter-latin-wght-normal.woff2')).statusCode).toBe(404);
});
