// The thread's end of a reading: tells the parts of an answer over a port, classes of errors as words.
import { on } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { readAnswer, type AnswerToRead, type Told } from './read-answer.ts';

export type Message = Told | { file: string } | 'begun' | 'ended' | { refused: string; isTemporary: boolean };

export interface ReadingTask {
  answer: AnswerToRead;
  port: MessagePort;
}

/** Batches that may be told before the first of them is taken: short feeds never wait, long ones fill no memory. */
const mostAhead = 2;

/** Tells the parts one by one. */
export async function tellAnswer({ answer, port }: ReadingTask): Promise<void> {
  const taken = on(port, 'message');
  const tell = (message: Message): void => port.postMessage(message);
  let ahead = 0;
  try {
    tell('begun');
    for await (const part of readAnswer(answer, (file) => tell({ file }))) {
      tell(part);
      if (!('items' in part) || ++ahead <= mostAhead) continue;
      await taken.next();
      ahead--;
    }
    tell('ended');
  } catch (error) {
    // Classes do not come through.
    const isTemporary = error instanceof TemporaryError;
    if (!isTemporary && !(error instanceof PermanentError)) throw error;
    tell({ refused: error.message, isTemporary });
  } finally {
    port.close();
  }
}
