// A port that nobody listens on, for a server whose address must be known before it starts.
import { createServer } from 'node:net';
import { threadId } from 'node:worker_threads';

/**
 * Below the ports that systems give by themselves (from 32,768 on Linux, from 49,152 elsewhere): one of those was taken by a
 * connection of another program between the choice and the start.
 */
const [first, count] = [20_000, 12_000];
/** Each process begins elsewhere, so that two that choose at once choose two. */
let next = (process.pid * 97 + threadId * 1_009) % count;

/** Finds a free port of `host`, else of loopback; the next call finds another, whether anybody listens on it by then or not. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = first + next;
    next = (next + 1) % count;
    try {
      await listenOnce(port, host);
      return port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Some systems keep ports to themselves.
      if (tries === count || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    }
  }
}

function listenOnce(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
