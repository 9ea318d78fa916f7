// A real process that read and mailed the demo week, and one that starts on its data -> what each takes at rest, from /proc;
// Linux only. Equal runs differ by a hundred megabytes, so there are several, each on data of its own. The last line is JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than the schedule's half minute and the 45 s after which idle threads end. */
const restSeconds = 100;
const runs = 3;
const root = new URL('../../../', import.meta.url);

function megabytes(pid: number, name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1] ?? 0) / 1024);
}

async function measure(directory: string, args: string[], ready: string): Promise<Record<string, number>> {
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

/** The least, the middle and the most of what was seen. */
function spreadOf(seen: readonly number[]): { least: number; median: number; most: number } {
  const sorted = seen.toSorted((a, b) => a - b);
  return { least: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]!, most: sorted.at(-1)! };
}

if (!existsSync('/proc/self/status')) throw new Error('bench:rest reads /proc, which this system does not have.');
const seen: { demo: Record<string, number>; started: Record<string, number> }[] = [];
for (let run = 1; run <= runs; run++) {
  const directory = mkdtempSync(join(tmpdir(), 'courant-rest-'));
  try {
    const demo = await measure(directory, ['demo', '--', '--data', directory], 'Stop it with');
    const started = await measure(directory, ['start'], 'Stop it with');
    seen.push({ demo, started });
    process.stdout.write(
      `run ${run} of ${runs}: ${demo['rssMb']} MB after the demo week was read and mailed (peak ${demo['peakMb']} MB), ${started['rssMb']} MB when started again on its data\n`,
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
const names = ['rssMb', 'anonymousMb', 'filesMb', 'peakMb'] as const;
const spreads = (of: 'demo' | 'started') =>
  Object.fromEntries(names.map((name) => [name, spreadOf(seen.map((run) => run[of][name]!))]));
process.stdout.write(
  `${JSON.stringify({ bench: 'rest', restSeconds, demo: spreads('demo'), started: spreads('started') })}\n`,
);
