// How long each stage takes, how much memory the process has meanwhile, and how long its event loop keeps people waiting.
const everyMs = 20;

export interface StageTiming {
  stage: string;
  seconds: number;
  peakRssMb: number;
  longestGapMs: number;
}

/** Starts a timer every 20 ms; `stop` ends it and says what was seen. */
export function watchStages() {
  const timings: StageTiming[] = [];
  let [last, longestGapMs, gap, peak] = [performance.now(), 0, 0, 0];
  const timer = setInterval(() => {
    const at = performance.now();
    gap = Math.max(gap, at - last);
    longestGapMs = Math.max(longestGapMs, gap);
    last = at;
    peak = Math.max(peak, process.memoryUsage.rss());
  }, everyMs);
  return {
    async timed<Result>(stage: string, work: () => Promise<Result>): Promise<Result> {
      const started = performance.now();
      [gap, peak] = [0, process.memoryUsage.rss()];
      const result = await work();
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      timings.push({ stage, seconds, peakRssMb: Math.round(peak / 2 ** 20), longestGapMs: Math.round(gap) });
      return result;
    },
    stop() {
      clearInterval(timer);
      return { timings, probe: { longestGapMs: Math.round(longestGapMs) } };
    },
  };
}
