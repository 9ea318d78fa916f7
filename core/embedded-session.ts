// Starts the thread of the embedded database and asks it: a statement in, its rows out.
import { Worker, type Transferable } from 'node:worker_threads';
import { compiled } from './compiled.ts';
import type { DatabaseLocation, Question, Reply, Rows } from './embedded-thread.ts';
import { whyEnded } from './embedded-errors.ts';
import { PermanentError } from './errors.ts';

/** The one session of a PGlite. */
export interface Session {
  /** One after the other, in the order of the calls. Throws an Error with PostgreSQL's `code`, `detail`, `constraint` and so on. */
  execute(text: string, values: readonly unknown[]): Promise<Rows>;
  isInTransaction(): boolean;
  /** Writes everything down and ends the thread. */
  close(): Promise<void>;
}

/** Opens (or creates) the database. When its thread ends by itself, what was asked fails and so does the process: nothing works without it. */
export async function openSession(
  location: DatabaseLocation,
  onNotification: (channel: string, payload: string) => void = () => undefined,
): Promise<Session> {
  const thread = new Worker(compiled(new URL('embedded-thread.ts', import.meta.url)), { workerData: location });
  const { opened, ask, end } = converse(thread, onNotification);
  let [isOpen, isInTransaction] = [false, false];

  function endByItself(cause: unknown): void {
    const message = `The embedded database stopped: ${whyEnded(cause)}. Start Courant again; what was saved is kept.`;
    const error = new PermanentError(message, { cause });
    end(error);
    // After those who wait have had their say.
    if (isOpen) setImmediate(() => { throw error; }); // prettier-ignore
    [isOpen, isInTransaction] = [false, false];
  }

  thread.on('error', endByItself);
  thread.on('exit', () => endByItself(new Error('its thread ended')));
  await opened;
  isOpen = true;
  return {
    isInTransaction: () => isInTransaction,
    async execute(text, given) {
      const { values, transfer } = prepare(given);
      const answer = await ask({ text, values }, transfer);
      isInTransaction = answer.isInTransaction;
      // Made here and not in the thread, so that its stack says who asked.
      if ('failure' in answer) throw Object.assign(new Error(answer.message), answer.failure);
      return answer.result;
    },
    async close() {
      await ask('close');
      isOpen = false;
      end(new Error('the embedded database is closed'));
      await thread.terminate();
    },
  };
}

type QueryReply = Exclude<Reply, { notification: unknown }>;

/** Questions and answers in the same order. Who waits keeps the process alive; the thread alone does not. */
function converse(thread: Worker, onNotification: (channel: string, payload: string) => void) {
  const waiting: { resolve: (answer: QueryReply) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | undefined;

  const answer = (): Promise<QueryReply> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      if (waiting.push({ resolve, reject }) === 1) thread.ref();
    });

  thread.on('message', (reply: Reply) => {
    if ('notification' in reply) return onNotification(reply.notification.channel, reply.notification.payload);
    const { resolve } = waiting.shift()!;
    if (waiting.length === 0) thread.unref();
    resolve(reply);
  });

  return {
    /** The first answer, which is to no question. */
    opened: answer(),
    ask: (question: Question, transfer: Transferable[] = []): Promise<QueryReply> => {
      if (!ended) thread.postMessage(question, transfer);
      return answer();
    },
    end: (error: Error): void => {
      ended ??= error;
      for (const { reject } of waiting.splice(0)) reject(ended);
    },
  };
}

/** As pg prepares them: objects as JSON. Bytes are copied once, here, since a slice would take all of its buffer along. */
function prepare(given: readonly unknown[]): { values: unknown[]; transfer: Transferable[] } {
  const transfer: Transferable[] = [];
  const values = given.map((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return value;
    if (!(value instanceof Uint8Array)) return JSON.stringify(value);
    const bytes = new Uint8Array(value);
    transfer.push(bytes.buffer);
    return bytes;
  });
  return { values, transfer };
}
