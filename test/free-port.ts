// A port of this machine that nobody listens on, for a server whose address must be known before it starts.
import { createServer, type AddressInfo } from 'node:net';

/** Asks the system for a free port on loopback. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
