// Readers of an issue -> their picks, made in a thread; what it lacks is loaded here and told.
import type { RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { runInThread } from '../../core/threads.ts';
import type { BatchAnswer, Lacks, Told } from './open-issue.ts';
import type { RankBatch } from './rank-batch.ts';

export interface ThreadRanking {
  /** The same as long as what was told before holds. */
  key: string;
  tell: (lacks: Lacks) => Promise<Told>;
}

/**
 * Asks until the thread knows enough; one that ended meanwhile is told again. Told to stop, it throws an AbortError before the
 * next question: a thread that is ended while onnxruntime computes takes the process with it (Napi::Error).
 */
export async function rankInThread(
  readers: RankableReader[],
  { key, tell }: ThreadRanking,
  stop: AbortSignal,
): Promise<{ picks: ReaderPicks[]; ranker: string }> {
  let told: Told = {};
  for (;;) {
    stop.throwIfAborted();
    const answer = await runInThread<RankBatch, BatchAnswer>({
      file: new URL('rank-batch.ts', import.meta.url),
      name: 'rankBatch',
      input: { key, readers, told },
      stop: new AbortController().signal,
      pool: 'ranking',
    });
    if ('picks' in answer) return answer;
    told = await tell(answer.lacks);
  }
}
