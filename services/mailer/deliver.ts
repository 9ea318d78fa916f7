// Leased ledger rows -> mails -> settled rows: what letters and notices share. It sees a ledger and a transport, no database.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { renewEverySeconds, type Attempt } from '../../core/store/mail-attempts.ts';
import { allowedConnections, type AllowedConnections } from './allowed-connections.ts';
import { createMarks, type MailLedger, type Marks } from './mail-ledger.ts';
import type { Pace } from './pace.ts';
import type { ServerWatch, TriedMail, ServerVerdict } from './server-watch.ts';
import { NotConnected, type Carrier, type Connection, type OutgoingMail, type Transport } from './transport.ts';

export interface Delivering<Row> {
  ledger: MailLedger<Row>;
  /** Assembles the mail; a PermanentError here fails this mail alone. */
  write: (row: Row, carrier: Carrier) => OutgoingMail;
  transport: Transport;
  pace: Pace;
  watch: ServerWatch<Row>;
  domainOf: (row: Row) => string;
  /** What is done about the server beside this run; `returned` letters of a slow domain were given back untried. */
  onVerdict: (verdict: ServerVerdict<Row>, returned: number) => Promise<void>;
  now: () => Date;
  stop: AbortSignal;
}

/** Why a run ended before everything was tried. */
export interface DeliveryTrouble {
  words: string;
  /** Waiting does not help. */
  isForAPerson: boolean;
  /** There is no conversation at all. */
  isUnreachable?: true;
}

/** Leased ahead for each conversation: what no server heard of goes back by itself, so that many are no risk. */
const leasedAhead = 20;
/** The next are leased while so many are left for each. */
const leasedEarly = 5;
/** How long a conversation may go on after the order to stop; a process has 20 s. */
const graceMs = 10_000;
const lookAgainMs = 500;
/** What is given back of a slow domain is spread by its pace within so long; until then nobody leases it. */
const spreadWithinMs = 60_000;

/** Sends until nothing is left to lease or `stop` says so; returns how many mails were tried, and what ended it early. */
export async function deliver<Row extends object>(
  delivering: Delivering<Row>,
): Promise<{ tried: number; trouble?: DeliveryTrouble }> {
  const run = createRun(delivering);
  const renewing = setInterval(() => void delivering.ledger.renew().catch(() => undefined), renewEverySeconds * 1000);
  try {
    await run.all();
  } finally {
    await run.settled();
    clearInterval(renewing);
  }
  return run.outcome();
}

/** What the parts of one run share. */
interface Run<Row> {
  queue: Row[];
  connections: Set<Connection>;
  /** Outcomes on their way to the ledger. */
  unstored: Set<Promise<void>>;
  /** How many mails are with the server now; one of them may come back. */
  busy: number;
  /** Aborted, and made anew, when none is: nothing can come back any more. */
  idle: AbortController;
  tried: number;
  allowed: AllowedConnections;
  trouble: DeliveryTrouble | undefined;
  isOver: () => boolean;
  senders: Set<Promise<void>>;
}

/** What one sender goes on with. */
interface Conversation {
  connection: Connection | undefined;
}

function createRun<Row extends object>(delivering: Delivering<Row>) {
  const { transport, watch, stop } = delivering;
  // Every conversation that waits listens to it.
  setMaxListeners(0, stop);
  const run: Run<Row> = {
    queue: [],
    connections: new Set(),
    unstored: new Set(),
    busy: 0,
    idle: new AbortController(),
    tried: 0,
    allowed: allowedConnections(transport.most, delivering.now),
    trouble: undefined,
    isOver: () => stop.aborted || run.trouble !== undefined,
    senders: new Set(),
  };
  const mark = createMarks(delivering.ledger, delivering.stop);
  const outcomes = createOutcomes(run, delivering, mark);
  const queue = createQueue(run, delivering);
  const tryOne = createTry(run, delivering, { outcomes, mark });

  /** One conversation goes on by itself: none waits for another. */
  async function sender(): Promise<void> {
    const own: Conversation = { connection: undefined };
    try {
      for (let row = await queue.next(); row; row = await queue.next()) {
        run.busy++;
        await tryOne(row, own).finally(() => noLongerBusy(run));
        if (!own.connection) return;
        if (run.queue.length > 0 && run.senders.size < run.allowed.most() && !run.isOver()) start();
      }
    } finally {
      if (own.connection) run.connections.delete(own.connection);
      own.connection?.close();
    }
  }

  function start(): void {
    const sending = sender()
      .catch((error: unknown) => {
        run.trouble ??= { words: messageOf(error), isForAPerson: false };
      })
      .finally(() => run.senders.delete(sending));
    run.senders.add(sending);
  }

  return {
    async all() {
      const cut = (): void => void setTimeout(() => run.connections.forEach((one) => one.close()), graceMs).unref();
      stop.addEventListener('abort', cut, { once: true });
      start();
      while (run.senders.size > 0) await Promise.race(run.senders);
      stop.removeEventListener('abort', cut);
      await queue.settled();
      for (const row of run.queue.splice(0)) void outcomes.giveBack(row, 'not tried');
      if (!run.isOver()) await outcomes.judge(watch.end());
    },
    async settled() {
      while (run.unstored.size > 0) await Promise.all(run.unstored);
    },
    outcome: () => ({ tried: run.tried, ...(run.trouble && { trouble: run.trouble }) }),
  };
}

function noLongerBusy(run: Pick<Run<unknown>, 'busy' | 'idle'>): void {
  if (--run.busy > 0) return;
  run.idle.abort();
  run.idle = new AbortController();
}

/** `next` gives a row; undefined when there is none, and nobody is at one that may come back. `settled`: none is on its way. */
function createQueue<Row extends object>(run: Run<Row>, { ledger, stop }: Delivering<Row>) {
  let leasing: Promise<void> | undefined;
  let wasFull = true;
  async function lease(): Promise<void> {
    const limit = leasedAhead * Math.min(run.allowed.most(), run.senders.size + 1);
    const rows = await ledger.lease(limit);
    wasFull = rows.length === limit;
    run.queue.push(...rows);
  }
  function startLease(): Promise<void> {
    return (leasing ??= lease().finally(() => (leasing = undefined)));
  }
  async function next(): Promise<Row | undefined> {
    while (!run.isOver()) {
      const row = run.queue.shift();
      if (row) {
        // Before all are gone, so that nobody waits: a lease takes as long as each conversation takes for some letters. What goes
        // wrong is met again by who finds none.
        if (wasFull && run.queue.length < leasedEarly * run.senders.size) startLease().catch(() => undefined);
        return row;
      }
      await startLease();
      if (run.queue.length > 0) continue;
      if (run.busy === 0) return undefined;
      const signal = AbortSignal.any([stop, run.idle.signal]);
      await sleep(lookAgainMs, undefined, { signal }).catch(() => undefined);
    }
    return undefined;
  }
  return { next, settled: async () => leasing?.catch(() => undefined) };
}

type Outcomes<Row extends object> = ReturnType<typeof createOutcomes<Row>>;

/** What comes of mails: written down in batches, judged one by one. */
function createOutcomes<Row extends object>(
  run: Run<Row>,
  { ledger, onVerdict, domainOf }: Delivering<Row>,
  mark: Marks<Row>,
) {
  function store(one: TriedMail<Row>): Promise<void> {
    const storing = mark({ settles: one }).then(() => void run.unstored.delete(storing));
    run.unstored.add(storing);
    return storing;
  }
  const giveBack = (row: Row, reply: string, waitMs = 0): Promise<void> =>
    store({ row, attempt: { outcome: 'unsent', reply, waitMs } });
  /** What is leased for a domain that wants less is not tried at the pace of all. */
  function takeOut(domain: string): Row[] {
    const theirs = run.queue.filter((row) => domainOf(row) === domain);
    if (theirs.length > 0) run.queue = run.queue.filter((row) => domainOf(row) !== domain);
    return theirs;
  }
  return {
    giveBack,
    judge: async (verdict: ServerVerdict<Row>): Promise<void> => {
      if (verdict.hold.length > 0) await ledger.hold(verdict.hold);
      const returned = verdict.slowDomain ? takeOut(verdict.slowDomain.domain) : [];
      const stored = [
        ...verdict.settle.map(store),
        ...returned.map((row) => giveBack(row, 'not tried', spreadWithinMs)),
      ];
      // What is spread over time are letters that are planned again.
      if (verdict.slowDomain) await Promise.allSettled(stored);
      const words = verdict.pause ?? verdict.wait;
      if (words !== undefined) run.trouble ??= { words, isForAPerson: verdict.pause !== undefined };
      if (words !== undefined || verdict.slow !== undefined || verdict.slowDomain)
        await onVerdict(verdict, returned.length);
    },
  };
}

/** Returns what tries one row over the connection of a conversation, or over a new one; it has none where there is none. */
function createTry<Row extends object>(
  run: Run<Row>,
  { write, transport, pace, watch }: Delivering<Row>,
  { outcomes, mark }: { outcomes: Outcomes<Row>; mark: Marks<Row> },
) {
  async function connect(): Promise<Connection | undefined> {
    try {
      const connection = await transport.open();
      run.connections.add(connection);
      return connection;
    } catch (error) {
      // As many as are open now are what the server allows; none is trouble for all.
      const open = [...run.connections].filter((one) => one.isOpen()).length;
      run.allowed.refused(open);
      if (open > 0) return undefined;
      const isForAPerson = error instanceof NotConnected && error.isForAPerson;
      run.trouble ??= { words: messageOf(error), isForAPerson, isUnreachable: true };
      return undefined;
    }
  }

  async function send(connection: Connection, row: Row): Promise<void> {
    const begin = async (): Promise<boolean> => {
      const ours = await mark({ begins: row });
      if (ours instanceof Error) throw ours;
      return ours.has(row);
    };
    const mail = writeOrRefuse(() => write(row, connection));
    const attempt = 'outcome' in mail ? mail : await connection.send(mail, begin);
    run.tried++;
    await outcomes.judge(watch.note({ row, attempt }));
  }

  return async function tryOne(row: Row, own: Conversation): Promise<void> {
    await pace();
    let { connection } = own;
    if (!run.isOver() && !connection?.isOpen()) {
      if (connection) run.connections.delete(connection);
      connection = await connect();
    }
    own.connection = connection;
    if (run.isOver() || !connection) {
      void outcomes.giveBack(row, 'not tried');
      if (connection) run.connections.delete(connection);
      connection?.close();
      own.connection = undefined;
      return;
    }
    try {
      await send(connection, row);
    } catch (error) {
      // A mistake of ours in one mail: no server heard of it.
      void outcomes.giveBack(row, messageOf(error));
      throw error;
    }
  };
}

function writeOrRefuse(write: () => OutgoingMail): OutgoingMail | Attempt {
  try {
    return write();
  } catch (error) {
    if (error instanceof PermanentError) return { outcome: 'refused', reply: error.message, reason: 'unwritable' };
    throw error;
  }
}
