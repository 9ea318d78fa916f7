// A stage a line: what it is doing while it runs, what it did and how long it took when it is done.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Progress {
  /** Starts a stage; the one before must be done. */
  start(stage: string): void;
  /** Says how far the stage is. On a terminal the line is rewritten, elsewhere nothing is printed. */
  at(detail: string): void;
  /** Ends the stage with what it did. */
  done(detail: string): void;
}

/** Progress on a stream, with the clock of the machine, since it tells a person how long something took. */
export function createProgress(out: NodeJS.WriteStream): Progress {
  let stage = '';
  let started = 0;
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const line = (mark: string, detail: string): string => `  ${mark} ${stage.padEnd(12)} ${detail}`;
  const rewrite = (text: string): boolean => out.write(`\r\u001b[K${text.slice(0, out.columns - 1)}`);
  return {
    start(name) {
      stage = name;
      started = performance.now();
      this.at('...');
    },
    at(detail) {
      if (out.isTTY) rewrite(line('·', `${detail}  ${seconds()}`));
    },
    done(detail) {
      if (out.isTTY) rewrite('');
      out.write(`${line('✓', detail)}  (${seconds()})\n`);
    },
  };
}

/** Twenty characters, the share and the size, as "######.............. 30% of 23 MB"; bytes. */
export function drawBar(done: number, total: number): string {
  const share = total > 0 ? done / total : 0;
  const full = Math.round(20 * share);
  return `${'#'.repeat(full)}${'.'.repeat(20 - full)} ${Math.floor(100 * share)}% of ${Math.ceil(total / 1e6)} MB`;
}

/**
 * Asks `look` again and again until it says done; `tell` gets its words in between.
 * Throws when nothing has changed for `timeoutMs`, naming what it was waiting for.
 */
export async function waitFor(
  look: () => Promise<{ done: boolean; detail: string }>,
  { timeoutMs, tell }: { timeoutMs: number; tell: (detail: string) => void },
): Promise<void> {
  let last = { detail: '', at: performance.now() };
  for (;;) {
    const asked = performance.now();
    const { done, detail } = await look();
    if (done) return;
    tell(detail);
    if (detail !== last.detail) last = { detail, at: performance.now() };
    if (performance.now() - last.at > timeoutMs)
      throw new Error(`nothing has changed for ${timeoutMs / 1000} s: ${detail}`);
    // Counting a large database takes its time, so looking may cost a tenth of the work at most.
    await sleep(Math.max(100, 9 * (performance.now() - asked)));
  }
}
