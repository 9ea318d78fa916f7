// How long something took, for the log, by the monotonic clock.

/** Begins to measure; what it returns says how many whole milliseconds have passed since. */
export function measureElapsed(): () => number {
  const started = performance.now();
  return () => Math.round(performance.now() - started);
}
