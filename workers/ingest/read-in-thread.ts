// An answer -> read in a thread, within bounds of time and memory: no document holds up the pages or ends the process.
import { on } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { runInThread } from '../threads.ts';
import type { NewItem } from '../../core/store/items.ts';
import type { FeedHead } from './clean-feed.ts';
import type { AnswerToRead, Told } from './read-answer.ts';
import type { Message, ReadingTask } from './tell-answer.ts';

/** From one part to the next; 100,000 items are parsed in two seconds, and under load in ten. */
const longestMs = 60_000;

export interface Reading extends FeedHead {
  batches: AsyncIterable<NewItem[]>;
}

/**
 * Reads an answer, whose items are cleaned while they are taken. Throws as `readAnswer` does, and PermanentError when it takes
 * too long or too much memory. The body is handed over: it is empty then.
 */
export async function readInThread(answer: AnswerToRead, stop: AbortSignal): Promise<Reading> {
  const parts = partsOf(answer, stop);
  const { value: first } = (await parts.next()) as { value: { head: FeedHead } };
  return { ...first.head, batches: itemsOf(parts) };
}

async function* itemsOf(parts: AsyncIterable<Told>) {
  for await (const part of parts) if ('items' in part) yield part.items;
}

async function* partsOf(answer: AnswerToRead, stop: AbortSignal): AsyncGenerator<Told> {
  const { port1: port, port2 } = new MessageChannel();
  const end = new AbortController();
  const endLate = () => end.abort(new PermanentError(`${answer.url}: reading it takes too long; the rest was left`));
  runInThread<ReadingTask, void>({
    file: new URL('tell-answer.ts', import.meta.url),
    name: 'tellAnswer',
    input: { answer, port: port2 },
    stop: AbortSignal.any([stop, end.signal]),
    pool: 'reading',
    transfer: [port2, ...ownBuffer(answer.body)],
  }).catch((error: unknown) => end.abort(explained(error, answer.url)));
  let deadline: NodeJS.Timeout | undefined;
  let isOver = false;
  try {
    for await (const [message] of on(port, 'message', { signal: end.signal }) as AsyncIterable<[Message]>) {
      clearTimeout(deadline);
      isOver = message === 'ended' || (typeof message === 'object' && 'refused' in message);
      if (message === 'ended') return;
      if (typeof message === 'object' && 'refused' in message) throw refusalOf(message);
      if (message !== 'begun') yield message;
      if (typeof message === 'object' && 'items' in message) port.postMessage('taken');
      deadline = setTimeout(endLate, longestMs);
    }
  } catch (error) {
    throw end.signal.aborted ? end.signal.reason : error;
  } finally {
    clearTimeout(deadline);
    port.close();
    // A thread that is through is kept for the next.
    if (!isOver) end.abort();
  }
}

/** Small buffers share one, which cannot be handed over and is copied. */
function ownBuffer(body: Uint8Array | undefined): ArrayBuffer[] {
  if (!body) return [];
  const { buffer, byteLength } = body;
  return byteLength > 100_000 && buffer.byteLength === byteLength ? [buffer as ArrayBuffer] : [];
}

function refusalOf({ refused, isTemporary }: { refused: string; isTemporary: boolean }): Error {
  return isTemporary ? new TemporaryError(refused) : new PermanentError(refused);
}

function explained(error: unknown, url: string): unknown {
  return error instanceof PermanentError ? new PermanentError(`${url}: ${error.message}`, { cause: error }) : error;
}
