// Work -> how long it took, of the wall clock and of the processor, all threads counted.
import type { Figures } from './print-table.ts';

/** Runs stages one after the other and keeps what each took; stages of one name add up. */
export function stageClock() {
  const figures: Figures = {};
  const timed = async <Result>(stage: string, work: () => Result | Promise<Result>): Promise<Result> => {
    const [started, before] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const used = process.cpuUsage(before);
    const past = figures[stage] ?? { seconds: 0, cpuSeconds: 0 };
    figures[stage] = {
      seconds: past.seconds + (performance.now() - started) / 1e3,
      cpuSeconds: past.cpuSeconds + (used.user + used.system) / 1e6,
      peakMb: peakMb(),
    };
    return result;
  };
  return { figures, timed };
}

/** The most memory this process has had so far, its threads and the embedded database included. */
export function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
