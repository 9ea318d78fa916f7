// A long answer -> read in a thread with bounds on time and memory, so that no document holds up the pages or ends the process.
import { on } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { runInThread } from '../threads.ts';
import { readAnswer, type AnswerToRead, type Told } from './read-answer.ts';

/** From one part to the next; 100,000 items are parsed in two seconds, and under load in ten. */
const longestMs = 60_000;

type Message = Told | 'begun' | 'ended' | { refused: string; isTemporary: boolean };

interface ReadingTask {
  answer: AnswerToRead;
  port: MessagePort;
}

/** Runs in the thread: tells the parts one by one, each when the one before was taken. */
export async function tellAnswer({ answer, port }: ReadingTask): Promise<void> {
  const taken = on(port, 'message');
  const tell = async (message: Message): Promise<void> => {
    port.postMessage(message);
    await taken.next();
  };
  try {
    await tell('begun');
    for await (const part of readAnswer(answer)) await tell(part);
    port.postMessage('ended' satisfies Message);
  } catch (error) {
    // Classes do not come through.
    const isTemporary = error instanceof TemporaryError;
    if (!isTemporary && !(error instanceof PermanentError)) throw error;
    port.postMessage({ refused: error.message, isTemporary } satisfies Message);
  } finally {
    port.close();
  }
}

/** As `readAnswer`, and PermanentError when it takes too long or too much memory. Its body is handed over: it is empty then. */
export async function* readInThread(answer: AnswerToRead, stop: AbortSignal): AsyncGenerator<Told> {
  const { port1: port, port2 } = new MessageChannel();
  const end = new AbortController();
  const endLate = () => end.abort(new PermanentError(`${answer.url}: reading it takes too long; the rest was left`));
  runInThread<ReadingTask, void>({
    file: new URL(import.meta.url),
    name: 'tellAnswer',
    input: { answer, port: port2 },
    stop: AbortSignal.any([stop, end.signal]),
    pool: 'reading',
    transfer: [port2, answer.body.buffer as ArrayBuffer],
  }).catch((error: unknown) => end.abort(explained(error, answer.url)));
  let deadline: NodeJS.Timeout | undefined;
  let isOver = false;
  try {
    for await (const [message] of on(port, 'message', { signal: end.signal }) as AsyncIterable<[Message]>) {
      clearTimeout(deadline);
      isOver = message === 'ended' || (typeof message === 'object' && 'refused' in message);
      if (message === 'ended') return;
      if (typeof message === 'object' && 'refused' in message) throw refusalOf(message);
      port.postMessage('taken');
      if (message !== 'begun') yield message;
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

function refusalOf({ refused, isTemporary }: { refused: string; isTemporary: boolean }): Error {
  return isTemporary ? new TemporaryError(refused) : new PermanentError(refused);
}

function explained(error: unknown, url: string): unknown {
  return error instanceof PermanentError ? new PermanentError(`${url}: ${error.message}`, { cause: error }) : error;
}
