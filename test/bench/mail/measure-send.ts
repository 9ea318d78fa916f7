// Letters handed to a sink on loopback by the mailer, beside Postfix's smtp-source with the same bytes and conversations in the
// same run: as quickly as it takes them, and by a server that answers late.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliver } from '../../../services/mailer/deliver.ts';
import { watchServer } from '../../../services/mailer/server-watch.ts';
import { createScratch, type SpliceBuffer } from '../../../services/mailer/splice.ts';
import { openTransport, type OutgoingMail } from '../../../services/mailer/transport.ts';
import { startLateServer } from './late-server.ts';
import { openWriter, readers, round, type Reader } from './measure-assembly.ts';
import { sourcePerSecond, withSink, writeForSource } from './sink.ts';

const connections = 10;

/** Mails a second of both; nothing where Postfix's programs are not installed (apt-get install postfix). */
export async function measureSend() {
  const rates = await withSink((port) => measureBoth(port, { letters: 3_000, turns: 3 }));
  return rates && { send_vs_smtp_source: rates.ratio, send_per_s: Math.round(rates.own), smtp_source_per_s: Math.round(rates.source) }; // prettier-ignore
}

const lateMs = 50;
const jitterMs = 30;

/** The same by a server that answers 50 ms late, and by one that answers 50 ms late, 30 more or less: the smaller share. */
export async function measureSlowSend() {
  return withSink(async (port) => {
    const late = await behind(port, () => lateMs);
    const jitter = await behind(port, () => lateMs + (Math.random() * 2 - 1) * jitterMs);
    return { send_slow_vs_smtp_source: Math.min(late, jitter), send_late_vs_smtp_source: late, send_jitter_vs_smtp_source: jitter }; // prettier-ignore
  });
}

async function behind(port: number, delayMs: () => number): Promise<number> {
  const late = await startLateServer(port, delayMs);
  try {
    return (await measureBoth(late.port, { letters: 300, turns: 2 })).ratio;
  } finally {
    late.stop();
  }
}

/** In turns, the best of each: the speed of the machine changes from minute to minute. */
async function measureBoth(port: number, { letters, turns }: { letters: number; turns: number }) {
  const directory = mkdtempSync(join(tmpdir(), 'courant-send-'));
  try {
    const { write } = await openWriter('8bit');
    const file = join(directory, 'letter.eml');
    writeForSource(file, write(readers(1)[0]!));
    const rates = { own: 0, source: 0 };
    for (let turn = 0; turn < turns; turn++) {
      rates.source = Math.max(rates.source, await sourcePerSecond(port, { file, letters, connections }));
      rates.own = Math.max(rates.own, await ownPerSecond(port, letters));
    }
    return { ...rates, ratio: round(rates.own / rates.source) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The mailer's own loop over a ledger in memory: written, sent and judged as in an issue. */
async function ownPerSecond(port: number, letters: number): Promise<number> {
  const { writeInto } = await openWriter('8bit');
  // As the mailer has them: one for each letter on its way.
  const free: SpliceBuffer[] = [];
  const write = (reader: Reader): OutgoingMail => {
    const scratch = free.pop() ?? createScratch();
    return { row: `delivery-${reader.id}`, from: 'news@example.org', to: reader.email, is8bit: true, ...writeInto(scratch, reader), release: () => void free.push(scratch) }; // prettier-ignore
  };
  const waiting: Reader[] = readers(letters);
  const domainOf = ({ email }: Reader): string => email.slice(email.lastIndexOf('@') + 1);
  let submitted = 0;
  const started = performance.now();
  await deliver<Reader>({
    ledger: {
      lease: async (limit) => waiting.splice(0, limit),
      renew: async () => undefined,
      mark: async ({ settles, begins }) => {
        submitted += settles.filter(({ attempt }) => attempt.outcome === 'submitted').length;
        return new Set(begins);
      },
      hold: async () => undefined,
    },
    write,
    transport: openTransport({ SMTP_URL: `smtp://127.0.0.1:${port}`, DATA_DIR: '/nonexistent', MAIL_CONNECTIONS: connections, MAIL_TIMEOUT_SECONDS: 60, MAIL_TLS: 'opportunistic' }), // prettier-ignore
    pace: async () => undefined,
    watch: watchServer<Reader>({ domainOf }),
    domainOf,
    onVerdict: async () => undefined,
    now: () => new Date(),
    stop: new AbortController().signal,
  });
  if (submitted !== letters) throw new Error(`${submitted} of ${letters} letters were taken`);
  return (letters * 1000) / (performance.now() - started);
}
