// PGlite with the face of a pg.Pool: the one-process database that both our store and BullMQ get.
// PGlite is one session. A client that opened a transaction owns it until commit or rollback, everybody else
// waits; so never enqueue inside a transaction: the enqueue would wait for the transaction and the transaction for it.
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PermanentError } from './errors.ts';

interface QueryResult {
  rows: Record<string, unknown>[];
  rowCount: number | null;
}

type Statement = string | { text: string; values?: unknown[] };

/** What our store and BullMQ use of a checked-out pg client. */
export interface PoolClient extends EventEmitter {
  query(statement: Statement, values?: readonly unknown[]): Promise<QueryResult>;
  release(destroy?: boolean): void;
}

/** What our store and BullMQ use of a pg.Pool; a real pg.Pool fits it too. */
export interface Pool {
  query(statement: Statement, values?: readonly unknown[]): Promise<QueryResult>;
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
}

/**
 * Opens (or creates) the database in `directory`; `undefined` keeps it in memory, for tests, from a `dump` if given.
 * BullMQ's tables live in their own schema, found through the search path because its own
 * `-c search_path` never reaches a session that is not a server's.
 */
export async function openEmbedded(directory: string | undefined, dump?: Blob): Promise<Pool & EventEmitter> {
  if (directory !== undefined) refuseOtherFormat(directory);
  const inMemory = dump ? { loadDataDir: dump } : {};
  const startParams = [...PGlite.defaultStartParams, '-c', sharedBuffers];
  const location = directory === undefined ? inMemory : { dataDir: directory };
  const pglite = await PGlite.create({ ...location, startParams });
  await pglite.exec('set search_path to public, bullmq');
  const lock = createLock();

  async function execute(text: string, values: readonly unknown[]): Promise<QueryResult> {
    // Several statements in one text (migrations) are only possible without parameters.
    const result = values.length > 0 ? await pglite.query(text, [...values]) : (await pglite.exec(text)).at(-1);
    const rows = (result?.rows ?? []) as Record<string, unknown>[];
    return { rows, rowCount: result?.affectedRows || rows.length };
  }

  function connect(): PoolClient {
    const owner = new EventEmitter();
    const stops: (() => Promise<void>)[] = [];

    async function query(statement: Statement, values?: readonly unknown[]): Promise<QueryResult> {
      const { text, params } = unpack(statement, values);
      const channel = listenedChannel(text);
      await lock.take(owner);
      try {
        if (channel === undefined) return await execute(text, params);
        stops.push(await pglite.listen(channel, (payload) => owner.emit('notification', { channel, payload })));
        return { rows: [], rowCount: 0 };
      } finally {
        if (!pglite.isInTransaction()) lock.give(owner);
      }
    }

    function release(): void {
      for (const stop of stops.splice(0)) void stop().catch(() => undefined);
      if (lock.isHeldBy(owner)) void pglite.exec('rollback').finally(() => lock.give(owner));
    }

    return Object.assign(owner, { query, release });
  }

  return Object.assign(new EventEmitter(), {
    query: (statement: Statement, values?: readonly unknown[]) => connect().query(statement, values),
    connect: async () => connect(),
    end: async () => {
      if (pglite.closed) return;
      await lock.take({});
      await pglite.close();
    },
  });
}

/** PGlite holds all of them from the start: by default 128 MB, of which a small database uses little; files are cached by the system. */
const sharedBuffers = 'shared_buffers=16MB';

/** PGlite 0.5 is PostgreSQL 18; on the files of another major version it only aborts. */
const formatVersion = '18';

function refuseOtherFormat(directory: string): void {
  const path = join(directory, 'PG_VERSION');
  const found = existsSync(path) ? readFileSync(path, 'utf8').trim() : formatVersion;
  if (found !== formatVersion) {
    throw new PermanentError(
      `${directory} holds a database of PostgreSQL ${found}; this Courant reads version ${formatVersion}. Use the Courant that wrote it or choose another DATA_DIR; nothing was changed.`,
    );
  }
}

/** A fair lock that its holder may take again. */
function createLock() {
  let holder: object | undefined;
  let free: () => void = () => undefined;
  let last: Promise<void> = Promise.resolve();
  return {
    isHeldBy: (owner: object) => holder === owner,
    async take(owner: object): Promise<void> {
      if (holder === owner) return;
      const before = last;
      let resolve: () => void = () => undefined;
      last = new Promise((done) => (resolve = done));
      await before;
      holder = owner;
      free = resolve;
    },
    give(owner: object): void {
      if (holder !== owner) return;
      holder = undefined;
      free();
    },
  };
}

function unpack(statement: Statement, values: readonly unknown[] | undefined) {
  if (typeof statement === 'string') return { text: statement, params: values ?? [] };
  return { text: statement.text, params: statement.values ?? [] };
}

/** `LISTEN channel` is not sent but turned into `pglite.listen`; BullMQ's files carry comments before it. */
function listenedChannel(text: string): string | undefined {
  const bare = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
  return /^listen\s+"?(\w+)"?\s*;?$/i.exec(bare)?.[1];
}
