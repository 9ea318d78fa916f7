import { expect, test } from 'vitest';
import { readTrust } from '../../../core/network/trusted-proxies.ts';

test.each(['false', '0', ' FALSE '])('%j trusts nobody', (value) => expect(readTrust(value)).toBe(false));

test('a number trusts as many machines, whoever they are', () => {
  const trust = readTrust('2');
  expect(trust && [0, 1, 2].map((hop) => trust('203.0.113.9', hop))).toEqual([true, true, false]);
});

test.each([
  ['loopback', '127.0.0.1', true],
  ['loopback', '::1', true],
  ['loopback', '::ffff:127.9.9.9', true],
  ['loopback', '10.0.0.1', false],
  ['10.0.0.0/8, loopback', '10.255.0.1', true],
  ['10.0.0.0/8,loopback', '127.0.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.3', '10.1.2.4', false],
  ['uniquelocal', '172.31.0.1', true],
  ['uniquelocal', '172.32.0.1', false],
  ['2001:db8::/32', '2001:db8:1::1', true],
  ['2001:db8::/32', '10.0.0.1', false],
  ['loopback', 'unknown', false],
])('%s on %s: %s', (value, address, expected) => {
  const trust = readTrust(value);
  expect(trust && trust(address, 0)).toBe(expected);
});
