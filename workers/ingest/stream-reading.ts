// Runs in the thread: sends the parts of a document over a port; errors go as values, since classes do not cross threads.
import { on } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { readDocument, type DocumentToRead, type ReadingPart } from './read-document.ts';

export type ReadingMessage =
  ReadingPart | { file: string } | 'begun' | 'ended' | { refused: string; isTemporary: boolean };

export interface ReadingTask {
  document: DocumentToRead;
  port: MessagePort;
}

/** Batches that may be sent before the first of them is taken: short feeds never wait, long ones fill no memory. */
const mostAhead = 2;

/** Sends the parts one by one. */
export async function streamReading({ document: answer, port }: ReadingTask): Promise<void> {
  const taken = on(port, 'message');
  const post = (message: ReadingMessage): void => port.postMessage(message);
  let ahead = 0;
  try {
    post('begun');
    for await (const part of readDocument(answer, (file) => post({ file }))) {
      post(part);
      if (!('items' in part) || ++ahead <= mostAhead) continue;
      await taken.next();
      ahead--;
    }
    post('ended');
  } catch (error) {
    // Classes do not come through.
    const isTemporary = error instanceof TemporaryError;
    if (!isTemporary && !(error instanceof PermanentError)) throw error;
    post({ refused: error.message, isTemporary });
  } finally {
    port.close();
  }
}
