// Postfix's smtp-sink and smtp-source on loopback: a server that takes everything, and the client that letters are measured beside.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../../core/network/free-port.ts';

/** Runs `work` with the port of a sink; nothing where Postfix's programs are not installed. */
export async function withSink<Result>(work: (port: number) => Promise<Result>): Promise<Result | undefined> {
  const port = await freePort();
  // It refuses to run as root.
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const sink = spawn('smtp-sink', [...asNobody, `127.0.0.1:${port}`, '200'], { stdio: 'ignore', env: withSbin() });
  const failed = Promise.race([once(sink, 'error'), once(sink, 'exit')]).then(() => true);
  if (await Promise.race([failed, answers(port)])) {
    process.stderr.write('skip: smtp-sink is not installed (apt-get install --no-install-recommends postfix)\n');
    return undefined;
  }
  try {
    return await work(port);
  } finally {
    sink.kill();
  }
}

/** A mail as smtp-source reads it. */
export function writeForSource(file: string, raw: Buffer): void {
  writeFileSync(file, raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Mails a second that smtp-source sends of a file. */
export async function sourcePerSecond(
  port: number,
  { file, letters, connections }: { file: string; letters: number; connections: number },
): Promise<number> {
  const started = performance.now();
  const options = ['-d', '-s', String(connections), '-m', String(letters), '-F', file, `127.0.0.1:${port}`];
  await promisify(execFile)('smtp-source', options, { env: withSbin() });
  return (letters * 1000) / (performance.now() - started);
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
