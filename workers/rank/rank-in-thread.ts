// Readers of an issue -> their picks, made in a thread; inputs that are missing there are loaded here and provided.
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { runInThread } from '../../core/threads.ts';
import type { MissingInputs, Inputs } from './issue-ranking.ts';

export interface ThreadRanking {
  /** The same as long as the inputs provided before hold. */
  key: string;
  load: (missing: MissingInputs) => Promise<Inputs>;
}

/**
 * Repeats until the thread misses no input; one that ended meanwhile is provided with all again. Told to stop, it throws an AbortError before the
 * next question: a thread that is ended while onnxruntime computes takes the process with it (Napi::Error).
 */
export async function rankInThread(
  readers: RankableReader[],
  { key, load }: ThreadRanking,
  stop: AbortSignal,
): Promise<{ picks: ReaderPicks[]; ranker: string }> {
  let inputs: Inputs = {};
  for (;;) {
    stop.throwIfAborted();
    const result = await runInThread<typeof import('./rank-batch.ts'), 'rankBatch'>({
      file: new URL('rank-batch.ts', import.meta.url),
      name: 'rankBatch',
      input: { key, readers, inputs },
      stop: new AbortController().signal,
      pool: 'ranking',
    });
    if ('picks' in result) return result;
    inputs = await load(result.missing);
  }
}
