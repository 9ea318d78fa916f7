import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { weekOf } from '../../../core/week.ts';
import { openDemoClock } from '../../../services/cli/demo-clock.ts';

const directories: string[] = [];
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

function open(at: string, { zone = 'UTC', directory = '' } = {}) {
  const own = directory || mkdtempSync(join(tmpdir(), 'courant-demo-clock-'));
  if (!directory) directories.push(own);
  const clock = { now: new Date(at) };
  return { clock, directory: own, demo: openDemoClock({ directory: own, zone, now: () => clock.now }) };
}

test.each([
  ['in the middle of a week', '2026-11-25T12:00:00Z', 'UTC'],
  ['a minute before a week ends', '2026-11-29T23:59:00Z', 'UTC'],
  ['a week ends with the change to winter time', '2026-10-25T22:30:00Z', 'Europe/Berlin'],
  ['a week begins with the change to summer time behind it', '2026-03-29T22:10:00Z', 'Europe/Berlin'],
])('%s each of the four weeks is one of its own, an hour into the making too', (_name, at, zone) => {
  const { clock, demo } = open(at, { zone });
  const mondays = [3, 2, 1, 0].map((weeks) => {
    demo.goBack(weeks);
    const first = weekOf(demo.now(), zone).monday;
    clock.now = new Date(clock.now.getTime() + 10 * 60_000);
    expect(weekOf(demo.now(), zone).monday).toBe(first);
    return first;
  });
  expect(new Set(mondays).size).toBe(4);
  expect(mondays.toSorted()).toEqual(mondays);
});

test('a later start goes on on the same days, later than what the first one did', () => {
  const { clock, demo, directory } = open('2026-11-25T12:00:00Z');
  demo.goBack(3);
  clock.now = new Date('2026-11-25T12:02:00Z');
  const before = demo.now();
  const again = open('2026-11-28T09:00:00Z', { directory }).demo;
  expect(again.started).toEqual(demo.started);
  again.goBack(3);
  expect(again.now() > before).toBe(true);
  expect(weekOf(again.now(), 'UTC').monday).toBe(weekOf(before, 'UTC').monday);
  again.return();
  expect(again.now()).toEqual(new Date('2026-11-28T09:00:00Z'));
});
