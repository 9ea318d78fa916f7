// What the runs took -> a plain table, with the exponent of the growth from one size to the next.

/** `peakMb` is the most memory up to the end of the stage. */
export type Figures = Record<string, { seconds: number; cpuSeconds: number; peakMb: number }>;

/** What a run in its own process tells. */
export interface Run {
  items: number;
  stages: Figures;
  peakMb: number;
  /** Anything else worth a line. */
  note: string;
}

/** One line a stage: seconds and seconds of the processor. */
export function describeRun(title: string, { stages, peakMb, note }: Run): string {
  const lines = Object.entries(stages).map(
    ([stage, { seconds, cpuSeconds, peakMb: peakSoFar }]) =>
      `  ${stage.padEnd(30)} ${seconds.toFixed(1).padStart(7)} s ${cpuSeconds.toFixed(1).padStart(8)} s of CPU ${String(peakSoFar).padStart(6)} MB so far`,
  );
  return [title, ...lines, `  ${'peak memory'.padEnd(30)} ${String(peakMb).padStart(7)} MB`, `  ${note}`, ''].join(
    '\n',
  );
}

/** For each stage of two sizes p in time ~ size^p, by CPU; n log n is p = 1.10 from 10,000 to 50,000. */
export function describeGrowth(small: Run, large: Run): string {
  const ratio = Math.log(large.items / small.items);
  const p = (before: number, after: number): string => (Math.log(after / before) / ratio).toFixed(2);
  const nLogN = p(small.items * Math.log(small.items), large.items * Math.log(large.items));
  const stages = Object.entries(large.stages).flatMap(([stage, { cpuSeconds }]) => {
    const before = small.stages[stage]?.cpuSeconds;
    return before ? [`${stage} ${p(before, cpuSeconds)}`] : [];
  });
  return `growth from ${small.items} to ${large.items}: time ~ size^p with p = ${stages.join(', ')} (n log n: ${nLogN})\n\n`;
}
