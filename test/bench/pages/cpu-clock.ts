// The CPU time of this process and, where there is a server, of all processes of PostgreSQL, as Linux counts it.
import { readdirSync, readFileSync } from 'node:fs';
import { sql, type Database } from '../../../core/db.ts';

export interface CpuClock {
  /** Does it so many times, one after another; milliseconds of CPU each. */
  spent(times: number, act: () => Promise<unknown>): Promise<number>;
}

/** A tick of /proc/PID/stat. */
const tickMs = 10;

/** Opens it on the server behind `db`, or on this process alone. */
export async function openCpuClock(db: Database, isServer: boolean): Promise<CpuClock> {
  const row = isServer ? await db.row<{ pid: number }>(sql`select pg_backend_pid() as pid`) : undefined;
  const postmaster = row && statOf(row.pid)?.parent;
  const read = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000 + (postmaster === undefined ? 0 : serverMs(postmaster));
  };
  return {
    async spent(times, act) {
      const before = read();
      for (let time = 0; time < times; time++) await act();
      return (read() - before) / times;
    },
  };
}

/** Of the postmaster, of children that ended (parallel workers), and of all that live. */
function serverMs(postmaster: number): number {
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
  const own = statOf(postmaster)!;
  const living = processes.filter(({ parent }) => parent === postmaster).reduce((sum, { ticks }) => sum + ticks, 0);
  return (own.ticks + own.endedTicks + living) * tickMs;
}

function statOf(pid: number): { parent: number; ticks: number; endedTicks: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    return { parent: fields[1]!, ticks: fields[11]! + fields[12]!, endedTicks: fields[13]! + fields[14]! };
  } catch {
    return undefined;
  }
}
