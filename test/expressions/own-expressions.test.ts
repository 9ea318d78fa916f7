// Every own regular expression takes time in proportion to its text: proven, or excused with a reason, and measured where it sees long texts.
import { readFileSync } from 'node:fs';
import { check } from 'recheck';
import { describe, expect, test } from 'vitest';
import { excused } from './excused.ts';
import { ownExpressions } from './own-expressions.ts';

/** What recheck has proven; `npm run prove:expressions` asks it anew, which takes minutes. */
const proven = new Set(JSON.parse(readFileSync(new URL('proven.json', import.meta.url), 'utf8')) as string[]);
const all = ownExpressions();
const spelled = ({ source, flags }: { source: string; flags: string | undefined }) => `/${source}/${flags}`;
const literals = new Map(all.filter(({ flags }) => flags !== undefined).map((own) => [spelled(own), own]));

test('the list is of the whole tree', () => {
  expect(literals.size).toBeGreaterThan(300);
});

test('an expression that is neither proven nor excused is linear', async () => {
  const slow: string[] = [];
  for (const [text, { file, source, flags }] of literals) {
    if (proven.has(text) || text in excused) continue;
    const { status } = await check(source, flags!, { timeout: 10_000 });
    if (status !== 'safe')
      slow.push(`${file}: ${text} is ${status}; make it linear, or say in excused.ts what bounds it`);
  }
  expect(slow).toEqual([]);
});

describe('of those that are excused and see long texts, none takes more than in proportion', () => {
  test.each(Object.entries(excused).flatMap(([text, { hostile }]) => (hostile ? [[text, hostile] as const] : [])))(
    '%s',
    (text, hostile) => {
      const end = text.lastIndexOf('/');
      const pattern = new RegExp(text.slice(1, end), text.slice(end + 1));
      const [short, long] = [hostile(20_000), hostile(160_000)];
      // Eight times as long: a linear one takes 8 times as much, a quadratic one 64 times, in every round. The best of
      // rounds in turn, until it is well or 40 are over: others on the machine lengthen some of them.
      const ms = { short: Infinity, long: Infinity };
      const isProportional = (): boolean => ms.long < 25 * Math.max(ms.short, 0.05);
      for (let round = 0; round < 40 && (round < 3 || !isProportional()); round++) {
        ms.short = Math.min(
          ms.short,
          msOf(() => short.replace(pattern, '')),
        );
        ms.long = Math.min(
          ms.long,
          msOf(() => long.replace(pattern, '')),
        );
      }
      expect(isProportional(), `${ms.long} ms for eight times what took ${ms.short} ms`).toBe(true);
    },
  );
});

function msOf(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}
