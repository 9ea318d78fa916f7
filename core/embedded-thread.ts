// The thread in which PGlite runs, so that no statement stops the event loop: statements in, rows out, one after the other.
// PGlite's own worker (`@electric-sql/pglite/worker`) is for browsers: it elects a tab by Web Locks, which Node 20 does not have.
import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';

/** Where the database is; without a directory it is in memory, from the dump of another if there is one. */
export interface DatabaseLocation {
  directory?: string | undefined;
  dump?: Blob | undefined;
}

export type Question = { text: string; values: readonly unknown[] } | 'close';

export interface Rows {
  rows: Record<string, unknown>[];
  rowCount: number;
}

/** Each question gets one answer, in their order, the first of all when the database is open; notifications come whenever. */
export type Reply =
  | { notification: { channel: string; payload: string } }
  | ({ isInTransaction: boolean } & ({ result: Rows } | { message: string; failure: Record<string, string> }));

/** PGlite holds all of them from the start: by default 128 MB, of which a small database uses little; files are cached by the system. */
const sharedBuffers = 'shared_buffers=16MB';

/** PGlite's own takes 70 bytes of heap for each byte: the fit of a real week (3 MB) took 200 MB for 20 s. */
const serializers = {
  [types.BYTEA]: (bytes: Uint8Array) =>
    `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`,
};

/** PGlite's own takes 1.2 s for the 9 MB of a fit, this 0.1. Each has a buffer of its own, so that nothing else goes along between threads. */
const parsers = {
  [types.BYTEA]: (text: string) => {
    const bytes = Buffer.allocUnsafeSlow((text.length - 2) / 2);
    bytes.write(text.slice(2), 'hex');
    return bytes;
  },
};

const nothing: Rows = { rows: [], rowCount: 0 };

/** What is larger is handed over; a copy of less costs less than handing it over. */
const handedOverFrom = 65_536;

async function openPGlite({ directory, dump }: DatabaseLocation): Promise<PGlite> {
  const inMemory = dump ? { loadDataDir: dump } : {};
  const startParams = [...PGlite.defaultStartParams, '-c', sharedBuffers];
  const location = directory === undefined ? inMemory : { dataDir: directory };
  const pglite = await PGlite.create({ ...location, startParams, serializers, parsers });
  await pglite.exec('set search_path to public, bullmq');
  return pglite;
}

async function execute(text: string, values: readonly unknown[]): Promise<Rows> {
  // Several statements in one text (migrations) are only possible without parameters.
  const result = values.length > 0 ? await pglite.query(text, [...values]) : (await pglite.exec(text)).at(-1);
  const rows = (result?.rows ?? []) as Record<string, unknown>[];
  return { rows, rowCount: result?.affectedRows || rows.length };
}

/** What PostgreSQL says of an error, by the names that pg gives it. Throws what ends a session: PGlite would answer nothing after it, or run for ever. */
function failureOf(error: unknown): { message: string; failure: Record<string, string> } {
  if (!(error instanceof Error) || error.name === 'RuntimeError') throw error;
  const said = Object.entries(error).filter(([name, value]) => name !== 'query' && typeof value === 'string');
  const failure = Object.fromEntries(said) as Record<string, string>;
  if (failure['severity'] === 'FATAL' || failure['severity'] === 'PANIC') throw new Error(error.message);
  return { message: error.message, failure };
}

function largeBuffers({ rows }: Rows): Transferable[] {
  const found = new Set<ArrayBuffer>();
  for (const row of rows) {
    for (const name in row) {
      const value = row[name];
      if (!(value instanceof Uint8Array) || value.byteLength < handedOverFrom) continue;
      if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
    }
  }
  return [...found];
}

const port = parentPort!;
const pglite = await openPGlite(workerData as DatabaseLocation);
pglite.onNotification((channel, payload) => port.postMessage({ notification: { channel, payload } } satisfies Reply));

async function answer(question: Question): Promise<void> {
  try {
    const isClosing = question === 'close';
    const result = isClosing ? await close() : await execute(question.text, question.values);
    say({ result, isInTransaction: !isClosing && pglite.isInTransaction() }, largeBuffers(result));
  } catch (error) {
    say({ ...failureOf(error), isInTransaction: pglite.isInTransaction() });
  }
}

function say(reply: Reply, transfer: Transferable[] = []): void {
  port.postMessage(reply, transfer);
}

async function close(): Promise<Rows> {
  await pglite.close();
  return nothing;
}

let last = Promise.resolve();
port.on('message', (question: Question) => {
  last = last.then(() => answer(question));
});
say({ result: nothing, isInTransaction: false });
