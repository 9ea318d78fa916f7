// TEST_CLOCK -> by how much the clock of a test run is moved, and what hands it to processes, threads and servers.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds to add, of `+8d`, `-3h` or an instant as 2027-03-28T00:30:00Z, from which the clock then runs on. */
export function clockOffsetMs(testClock: string, realNow: number): number {
  const offset = /^([+-]\d{1,13})(ms|s|m|h|d)$/.exec(testClock);
  if (offset) return within(testClock, Number(offset[1]) * unitMs[offset[2] as keyof typeof unitMs], realNow);
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(testClock);
  return within(testClock, isInstant ? Date.parse(testClock) - realNow : NaN, realNow);
}

/** Mail, cookies and YAML have years of four digits. */
function within(testClock: string, offsetMs: number, realNow: number): number {
  const year = new Date(realNow + offsetMs).getUTCFullYear();
  if (year >= 2000 && year <= 2100) return offsetMs;
  throw new Error(
    `TEST_CLOCK is ${JSON.stringify(testClock)}; it takes an offset (+8d, -3h, +30m) or an instant (2027-03-28T00:30:00Z), from 2000 to 2100.`,
  );
}

/** Has all that this process starts live at TEST_CLOCK; an instant becomes an offset, the same for all of them. */
export function moveClocks(environment: NodeJS.ProcessEnv): void {
  const testClock = environment['TEST_CLOCK'];
  if (!testClock) return;
  const offsetMs = clockOffsetMs(testClock, Date.now());
  const preload = new URL('move-clock.js', import.meta.url);
  preload.searchParams.set('ms', String(offsetMs));
  environment['TEST_CLOCK'] = `${offsetMs < 0 ? '' : '+'}${offsetMs}ms`;
  environment['NODE_OPTIONS'] = `${environment['NODE_OPTIONS'] ?? ''} --import ${preload.href}`.trim();
}

/** The environment of a process under test: nothing of ours but where programs are, its clock and its zone. */
export function childEnvironment(environment: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, TZ, TEST_CLOCK, NODE_OPTIONS } = process.env;
  const clock = TEST_CLOCK ? { TEST_CLOCK, NODE_OPTIONS } : {};
  return { PATH, ...(TZ && { TZ }), ...clock, ...environment };
}

/** What makes a server of another make live at TEST_CLOCK; undefined where it cannot. */
export function serverClock(testClock = process.env['TEST_CLOCK']): Record<string, string> | undefined {
  if (!testClock) return {};
  const library = readdirSync('/usr/lib')
    .map((directory) => join('/usr/lib', directory, 'faketime/libfaketime.so.1'))
    .find((path) => existsSync(path));
  if (!library) return undefined;
  const seconds = Math.round(clockOffsetMs(testClock, Date.now()) / 1000);
  const offset = `${seconds < 0 ? '' : '+'}${seconds}s`;
  return { LD_PRELOAD: library, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}
