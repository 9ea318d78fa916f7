// Letters handed to a sink on loopback by the mailer, beside Postfix's smtp-source with the same bytes and conversations in the same run.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from '../../../services/mailer/deliver.ts';
import { watchServer } from '../../../services/mailer/server-watch.ts';
import { openTransport } from '../../../services/mailer/transport.ts';
import { freePort } from '../../free-port.ts';
import { openWriter, readers, round, type Reader } from './measure-assembly.ts';

const letters = 3_000;
const connections = 10;

/** Mails a second of both; nothing where Postfix's programs are not installed (apt-get install postfix). */
export async function measureSend() {
  const port = await freePort();
  // It refuses to run as root.
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const sink = spawn('smtp-sink', [...asNobody, `127.0.0.1:${port}`, '200'], { stdio: 'ignore', env: withSbin() });
  const failed = Promise.race([once(sink, 'error'), once(sink, 'exit')]).then(() => true);
  if (await Promise.race([failed, answers(port)])) {
    process.stderr.write('skip: smtp-sink is not installed (apt-get install --no-install-recommends postfix)\n');
    return {};
  }
  const directory = mkdtempSync(join(tmpdir(), 'courant-send-'));
  try {
    const { write } = await openWriter('8bit');
    const file = join(directory, 'letter.eml');
    writeFileSync(file, write(readers(1)[0]!).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    const rates = { own: 0, source: 0 };
    // In turns, the best of each: the speed of the machine changes from minute to minute.
    for (let turn = 0; turn < 3; turn++) {
      rates.source = Math.max(rates.source, perSecond(() => execFileSync('smtp-source', ['-d', '-s', String(connections), '-m', String(letters), '-F', file, `127.0.0.1:${port}`], { env: withSbin() }))); // prettier-ignore
      rates.own = Math.max(rates.own, await ownPerSecond(port));
    }
    return { send_vs_smtp_source: round(rates.own / rates.source), send_per_s: Math.round(rates.own), smtp_source_per_s: Math.round(rates.source) }; // prettier-ignore
  } finally {
    sink.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Debian puts them where only root looks. */
function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
}

/** False once somebody listens. */
async function answers(port: number): Promise<false> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isThere) return false;
    await sleep(50);
  }
}

function perSecond(work: () => unknown): number {
  const started = performance.now();
  work();
  return (letters * 1000) / (performance.now() - started);
}

/** The mailer's own loop over a ledger in memory: written, sent and judged as in an issue. */
async function ownPerSecond(port: number): Promise<number> {
  const { write } = await openWriter('8bit');
  const waiting: Reader[] = readers(letters);
  let submitted = 0;
  const started = performance.now();
  await deliver<Reader>({
    ledger: {
      lease: async (limit) => waiting.splice(0, limit),
      renew: async () => undefined,
      begin: async (rows) => new Set(rows),
      settle: async (tried) => void (submitted += tried.filter(({ attempt }) => attempt.outcome === 'submitted').length), // prettier-ignore
      hold: async () => undefined,
    },
    // The writer has one buffer, and ten letters are on their way.
    write: (reader) => ({ row: `delivery-${reader.id}`, from: 'news@example.org', to: reader.email, raw: Buffer.from(write(reader)), is8bit: false }), // prettier-ignore
    transport: openTransport({ SMTP_URL: `smtp://127.0.0.1:${port}`, DATA_DIR: '/nonexistent', MAIL_CONNECTIONS: connections, MAIL_TIMEOUT_SECONDS: 60, MAIL_TLS: 'opportunistic' }), // prettier-ignore
    pace: async () => undefined,
    watch: watchServer<Reader>({ domainOf: ({ email }) => email.slice(email.lastIndexOf('@') + 1) }),
    onVerdict: async () => undefined,
    stop: new AbortController().signal,
  });
  if (submitted !== letters) throw new Error(`${submitted} of ${letters} letters were taken`);
  return (letters * 1000) / (performance.now() - started);
}
