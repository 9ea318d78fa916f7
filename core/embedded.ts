// PGlite, in a thread of its own, with the face of a pg.Pool: the one-process database that both our store and BullMQ get.
// PGlite is one session. A client that opened a transaction owns it until commit or rollback, everybody else
// waits; so never enqueue inside a transaction: the enqueue would wait for the transaction and the transaction for it.
import { EventEmitter } from 'node:events';
import { prepareDirectory } from './embedded-directory.ts';
import { openSession } from './embedded-session.ts';

interface QueryResult {
  rows: Record<string, unknown>[];
  rowCount: number | null;
}

/** A name is for servers: this session plans each statement anew. */
type Statement = string | { name?: string; text: string; values?: unknown[] };

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
  if (directory !== undefined) await prepareDirectory(directory);
  const listeners = new Map<string, Set<EventEmitter>>();
  const session = await openSession({ directory, dump }, (channel, payload) => {
    for (const owner of listeners.get(channel) ?? []) owner.emit('notification', { channel, payload });
  });
  const lock = createLock();

  function connect(): PoolClient {
    const owner = new EventEmitter();

    async function query(statement: Statement, values?: readonly unknown[]): Promise<QueryResult> {
      const { text, params } = unpack(statement, values);
      const channel = listenedChannel(text);
      if (channel !== undefined) listeners.set(channel, (listeners.get(channel) ?? new Set()).add(owner));
      await lock.take(owner);
      try {
        return await session.execute(text, params);
      } finally {
        if (!session.isInTransaction()) lock.give(owner);
      }
    }

    function release(): void {
      for (const owners of listeners.values()) owners.delete(owner);
      if (!lock.isHeldBy(owner)) return;
      void session
        .execute('rollback', [])
        .catch(() => undefined)
        .finally(() => lock.give(owner));
    }

    return Object.assign(owner, { query, release });
  }

  let isEnded = false;
  return Object.assign(new EventEmitter(), {
    query: (statement: Statement, values?: readonly unknown[]) => connect().query(statement, values),
    connect: async () => connect(),
    end: async () => {
      if (isEnded) return;
      isEnded = true;
      const owner = {};
      await lock.take(owner);
      await session.close();
      // Who asks from now on is told so.
      lock.give(owner);
    },
  });
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

/** Who sends `LISTEN channel` wants its notifications, the others in the session do not; BullMQ's files carry comments before it. */
function listenedChannel(text: string): string | undefined {
  const bare = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
  return /^listen\s+"?(\w+)"?\s*;?$/i.exec(bare)?.[1];
}
