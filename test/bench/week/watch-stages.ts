// How long each stage takes, how much memory the process has meanwhile, and how long its event loop keeps people waiting.
const everyMs = 20;

export interface StageTiming {
  stage: string;
  seconds: number;
  peakRssMb: number;
}

/** Starts a timer every 20 ms; `stop` ends it and says what was seen. */
export function watchStages() {
  const timings: StageTiming[] = [];
  let [last, longestGapMs, peak] = [performance.now(), 0, 0];
  const timer = setInterval(() => {
    const at = performance.now();
    longestGapMs = Math.max(longestGapMs, at - last);
    last = at;
    peak = Math.max(peak, process.memoryUsage.rss());
  }, everyMs);
  return {
    async timed<Result>(stage: string, work: () => Promise<Result>): Promise<Result> {
      const started = performance.now();
      peak = process.memoryUsage.rss();
      const result = await work();
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      timings.push({ stage, seconds, peakRssMb: Math.round(peak / 2 ** 20) });
      return result;
    },
    stop() {
      clearInterval(timer);
      return { timings, probe: { longestGapMs: Math.round(longestGapMs) } };
    },
  };
}
