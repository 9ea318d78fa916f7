// steps of the training -> lines on the terminal: stage, step, time left.
import type { Progress } from './train-table.ts';

/** Rewrites one line on a terminal; elsewhere a line each ten seconds, so that logs stay short. */
export function openProgress(out: NodeJS.WriteStream, now: () => number) {
  const quietMs = out.isTTY ? 200 : 10_000;
  let [stage, stageStart, lastLine] = ['', 0, 0];
  const print = (words: string): void => {
    lastLine = now();
    out.write(out.isTTY ? `\r\u001b[K${words}` : `${words}\n`);
  };
  return ({ stage: newStage, done, of, losses }: Progress): void => {
    if (newStage !== stage) {
      if (out.isTTY && stage) out.write('\n');
      [stage, stageStart] = [newStage, now()];
      print(stage);
    }
    if (done < of && now() - lastLine < quietMs) return;
    if (of <= 1) return;
    const leftS = done > 0 ? Math.ceil(((now() - stageStart) / done / 1000) * (of - done)) : undefined;
    const words = [`${stage}: ${done} of ${of}`, leftS === undefined ? '' : `${leftS} s left`];
    if (losses) words.push(`loss ${[...losses].map(([kind, loss]) => `${kind} ${loss.toFixed(2)}`).join(', ')}`);
    print(words.filter(Boolean).join('; '));
  };
}
