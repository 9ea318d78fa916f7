// A port that nobody listens on, for a server whose address must be known before it starts.
import { createServer, type AddressInfo } from 'node:net';

/** Asks the system for a free port of `host`, else on loopback. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
