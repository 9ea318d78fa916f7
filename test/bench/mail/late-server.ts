// A server that answers late: passes bytes on at once, and what the server behind it says after a while.
import { connect, createServer, type AddressInfo } from 'node:net';

/** Listens on loopback before `port`; each answer comes after `delayMs()`, none before an earlier one of its conversation. */
export async function startLateServer(port: number, delayMs: () => number) {
  const server = createServer({ noDelay: true }, (client) => {
    const behind = connect({ port, host: '127.0.0.1', noDelay: true });
    let last = 0;
    behind.on('data', (answer) => {
      last = Math.max(last, performance.now() + delayMs());
      setTimeout(() => client.write(answer), last - performance.now());
    });
    client.pipe(behind);
    const end = (): void => void (client.destroy(), behind.destroy());
    for (const socket of [client, behind]) socket.on('error', end);
    client.on('close', end);
    // Behind its last answer, whose timer may be as long.
    behind.on('end', () => setTimeout(() => client.end(), last - performance.now() + 10));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() };
}
