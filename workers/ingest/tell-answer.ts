// The thread's end of a reading: tells the parts of an answer over a port, classes of errors as words.
import { on } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { readAnswer, type AnswerToRead, type Told } from './read-answer.ts';

export type Message = Told | 'begun' | 'ended' | { refused: string; isTemporary: boolean };

export interface ReadingTask {
  answer: AnswerToRead;
  port: MessagePort;
}

/** Tells the parts one by one, each when the one before was taken. */
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
