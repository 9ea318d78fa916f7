// A real process on data that holds the demo week -> what it takes at rest, from /proc; Linux only. The last line is JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than the schedule's half minute and the 45 s after which idle threads end. */
const restSeconds = 100;
const root = new URL('../../../', import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'courant-rest-'));

function megabytes(pid: number, name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1] ?? 0) / 1024);
}

async function measure(args: string[], ready: string): Promise<Record<string, number>> {
  const environment = { PATH: process.env['PATH'], DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent' };
  const child = spawn('npm', ['run', '-s', ...args], { cwd: root, env: environment, detached: true });
  child.stderr.resume();
  for await (const chunk of child.stdout) if (String(chunk).includes(ready)) break;
  child.stdout.resume();
  await sleep(restSeconds * 1000);
  const pid = Number(readFileSync(join(directory, 'courant.lock'), 'utf8').match(/"pid":(\d+)/)![1]);
  const names = { rssMb: 'VmRSS', anonymousMb: 'RssAnon', filesMb: 'RssFile', peakMb: 'VmHWM' };
  const figures = Object.entries(names).map(([key, name]) => [key, megabytes(pid, name)]);
  const exit = once(child, 'exit');
  process.kill(-child.pid!, 'SIGTERM');
  await exit;
  return Object.fromEntries(figures) as Record<string, number>;
}

if (!existsSync('/proc/self/status')) throw new Error('bench:rest reads /proc, which this system does not have.');
try {
  const demo = await measure(['demo', '--', '--data', directory], 'Stop it with');
  process.stdout.write(`after the demo week was read and mailed: ${demo['rssMb']} MB (peak ${demo['peakMb']} MB)\n`);
  const started = await measure(['start'], 'Stop it with');
  process.stdout.write(`started again on the same data: ${started['rssMb']} MB (peak ${started['peakMb']} MB)\n`);
  process.stdout.write(`${JSON.stringify({ restSeconds, demo, started })}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
