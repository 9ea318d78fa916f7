// A document -> read in a thread, within bounds of time and memory: none holds up the pages or ends the process.
import { on } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { runInThread } from '../../core/threads.ts';
import type { NewItem } from '../../core/store/items.ts';
import type { FeedHead } from './clean/clean-feed.ts';
import type { FileNote } from './parsed-item.ts';
import type { DocumentToRead, ReadingPart } from './read-document.ts';
import type { ReadingMessage } from './stream-reading.ts';

/**
 * From one part to the next; 100,000 items are parsed in two seconds, and under load in ten. For one file of a folder; what
 * holds back 5,000 others is passed over.
 */
const longest = { partMs: 60_000, fileMs: 20_000 };
/** Each costs its time and a new beginning; a folder with more is broken. */
const mostPassedOver = 5;

export interface Reading extends FeedHead {
  batches: AsyncIterable<NewItem[]>;
}

/**
 * Reads an answer, whose items are cleaned while they are taken. Throws as `readAnswer` does, and PermanentError when it takes
 * too long or too much memory; a file of a folder that does is passed over, with a note. The body is handed over: it is empty
 * then.
 */
export async function readInThread(document: DocumentToRead, stop: AbortSignal, limits = longest): Promise<Reading> {
  const passedOver: FileNote[] = [];
  for (;;) {
    const at: Place = {};
    const parts = partsOf({ ...document, passedOver }, { stop, limits, at });
    try {
      const { value: first } = (await parts.next()) as { value: { head: FeedHead } };
      return { ...first.head, batches: itemsOf(parts) };
    } catch (error) {
      if (at.file === undefined || !(error instanceof PermanentError)) throw error;
      if (passedOver.length === mostPassedOver)
        throw new PermanentError(`${at.file}: ${error.message}`, { cause: error });
      passedOver.push({ path: at.file, why: error.message });
    }
  }
}

/** The file of a folder that is being read. */
interface Place {
  file?: string | undefined;
}

interface Bounds {
  stop: AbortSignal;
  limits: typeof longest;
  at: Place;
}

async function* itemsOf(parts: AsyncIterable<ReadingPart>) {
  for await (const part of parts) if ('items' in part) yield part.items;
}

async function* partsOf(document: DocumentToRead, { stop, limits, at }: Bounds): AsyncGenerator<ReadingPart> {
  const { port1: port, port2 } = new MessageChannel();
  const end = new AbortController();
  const endLate = () =>
    end.abort(
      new PermanentError(
        at.file === undefined
          ? `${document.url}: reading it takes too long; the rest was left`
          : `takes longer than ${limits.fileMs / 1000} s to read`,
      ),
    );
  runInThread<typeof import('./stream-reading.ts'), 'streamReading'>({
    file: new URL('stream-reading.ts', import.meta.url),
    name: 'streamReading',
    input: { document, port: port2 },
    stop: AbortSignal.any([stop, end.signal]),
    pool: 'reading',
    transfer: [port2, ...ownBuffer(document.body)],
  }).catch((error: unknown) => end.abort(explained(error, at.file === undefined ? document.url : undefined)));
  let deadline: NodeJS.Timeout | undefined;
  let isOver = false;
  try {
    for await (const [message] of on(port, 'message', { signal: end.signal }) as AsyncIterable<[ReadingMessage]>) {
      clearTimeout(deadline);
      isOver = message === 'ended' || (typeof message === 'object' && 'refused' in message);
      if (message === 'ended') return;
      if (typeof message === 'object' && 'refused' in message) throw refusalOf(message);
      const file = typeof message === 'object' && 'file' in message ? message.file : undefined;
      at.file = file;
      if (file === undefined && message !== 'begun') yield message as ReadingPart;
      if (typeof message === 'object' && 'items' in message) port.postMessage('taken');
      deadline = setTimeout(endLate, file === undefined ? limits.partMs : limits.fileMs);
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

function explained(error: unknown, url: string | undefined): unknown {
  if (!(error instanceof PermanentError) || url === undefined) return error;
  return new PermanentError(`${url}: ${error.message}`, { cause: error });
}
