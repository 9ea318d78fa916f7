// What is installed supports the oldest Node that package.json promises: `npm ci` warns of nothing there.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  engines?: { node?: string };
}

const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const [, oldest] = /^>=([\d.]+)$/.exec((readJson('package.json') as Required<Package>).engines.node!)!;
const { packages } = readJson('package-lock.json') as { packages: Record<string, Package> };

/** A version as one number; what is left out is 0. */
function numberOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number(part) || 0);
  return major * 1e6 + minor * 1e3 + patch;
}

/** The forms of ranges that the lock file has: ">= 18", "^20.19.0 || ^22.12", "14 >=14.17", "10.*", "*". */
function admits(range: string, version: string): boolean {
  const meets = (comparator: string): boolean => {
    const [, sign, from] = /^(>=|\^|)([\d.x*]+)$/.exec(comparator)!;
    if (from === '*') return true;
    const isSameMajor = parseInt(from!, 10) === parseInt(version, 10);
    return numberOf(version) >= numberOf(from!) && (sign === '>=' || isSameMajor);
  };
  return range.split('||').some((all) => all.trim().replaceAll(/>=\s+/g, '>=').split(/\s+/).every(meets)); // prettier-ignore
}

test.each([
  ['>=22', false],
  ['^22.22.2 || ^24.15.0 || >=26.0.0', false],
  ['^20.20.0', false],
  ['^20.17.0 || >=22.9.0', true],
  ['>=16 || 14 >=14.17', true],
])('Node 20.19 and %s: %s', (range, expected) => {
  expect(admits(range, '20.19')).toBe(expected);
});

test('no package asks for a newer Node than we promise to run on', () => {
  const ranges = Object.entries(packages).map(([path, { engines }]) => [path, engines?.node ?? '*'] as const);
  expect(ranges.length).toBeGreaterThan(500);
  expect(ranges.filter(([, range]) => !admits(range, oldest!))).toEqual([]);
});
