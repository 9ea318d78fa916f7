// Requests written byte by byte to a listening server, since clients mend what an attacker sends.
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

export interface RawAnswer {
  status: number;
  head: string;
  body: string;
}

/** Listens on a free port of this machine; the app's own test closes it. */
export async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  return (app.server.address() as AddressInfo).port;
}

/** Connects and writes `text`; what comes back is in `answer` once the server has ended the connection. */
export async function openRaw(
  port: number,
  text: string | Buffer,
): Promise<{ socket: Socket; answer: Promise<RawAnswer> }> {
  const socket = connect({ host: '127.0.0.1', port });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A server that has had enough resets the connection; what it said before that has come.
  socket.on('error', () => undefined);
  // `once` would fail with the reset.
  const answer = new Promise<RawAnswer>((resolve) => {
    socket.once('close', () => resolve(readAnswer(Buffer.concat(chunks).toString('latin1'))));
  });
  await once(socket, 'connect');
  socket.write(text);
  return { socket, answer };
}

/** Sends a whole request on a connection of its own. */
export async function sendRaw(port: number, text: string | Buffer): Promise<RawAnswer> {
  return (await openRaw(port, text)).answer;
}

/** A request's head: the connection ends with the answer, the host is this machine unless `headers` say otherwise. */
export function headOf(method: string, path: string, headers: Record<string, string> = {}): string {
  const all = { host: '127.0.0.1', connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: end < 0 ? '' : text.slice(end + 4) };
}
