import { expect, it } from 'vitest';
import { unwrapTracking } from '../../../../workers/ingest/clean/tracking-link.ts';

const reader = { addresses: ['anna@private.example'] };
const page = 'https://stairs.example/new/fold';
const base64 = (text: string): string => Buffer.from(text).toString('base64url');

it.each<[string, string, string | undefined]>([
  ['a page stays', `${page}?id=7`, `${page}?id=7`],
  ['campaigns go', `${page}?utm_source=a&utm_medium=b`, page],
  ['a parameter', `https://click.letters.example/?url=${encodeURIComponent(page)}&s=1`, page],
  ['an encoded part of a path', `https://tracking.letters.example/CL0/${encodeURIComponent(page)}/1/0100-aa/sig`, page],
  ['base64 in a path', `https://click.maker-mail.example/a1/${base64(page)}`, page],
  ['JSON in base64', `https://letters.example/redirect/2/${base64(JSON.stringify({ e: page, s: 1 }))}`, page],
  [
    'a scanner of links around a service',
    `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(`https://click.letters.example/?u=${encodeURIComponent(page)}`)}&data=1`,
    page,
  ],
  ['another scanner', `https://urldefense.com/v3/__${page}__;!!abc`, page],
  [
    'what only the service knows',
    'https://x.us1.list-manage.com/track/click?u=8f1c0a1b2c3d&id=9a8b7c6d5e&e=4711aabbcc',
    undefined,
  ],
  ['an address of the reader in a parameter', `${page}?who=anna%40private.example`, page],
  ['the same in base64', `${page}?who=${base64('anna@private.example')}`, page],
  ['the same in the path', 'https://stairs.example/u/anna@private.example', undefined],
  ['a token of a subscriber', `${page}?subscriber_id=47&token=abc`, page],
  [
    'a page that shares another',
    `https://stairs.example/share?url=${encodeURIComponent('https://boats.example/')}`,
    `https://stairs.example/share?url=${encodeURIComponent('https://boats.example/')}`,
  ],
  ['no web address', 'javascript:alert(1)', undefined],
  [
    'a service that leads to a script',
    `https://click.letters.example/?url=${encodeURIComponent('javascript:alert(1)')}`,
    undefined,
  ],
])('%s', (_, link, expected) => {
  expect(unwrapTracking(link, reader)).toBe(expected);
});
