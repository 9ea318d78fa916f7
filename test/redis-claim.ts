// A logical database of a shared Redis for one test: claimed by a key, emptied before and after.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

const claim = 'courant:claimed';
/** A claim left by a killed run frees itself. */
const claimSeconds = 900;

/** Claims the first free of the logical databases 1 to 15 at `url`, a Redis without a password; throws when all are taken. */
export async function claimRedisDatabase(url: string): Promise<{ url: string; stop(): Promise<void> }> {
  for (let database = 1; database < 16; database++) {
    const replies = await talk(url, [`SELECT ${database}`, `SET ${claim} 1 NX EX ${claimSeconds}`]);
    if (replies[1] !== '+OK') continue;
    await talk(url, [`SELECT ${database}`, 'MULTI', 'FLUSHDB', `SET ${claim} 1 EX ${claimSeconds}`, 'EXEC']);
    const own = new URL(url);
    own.pathname = `/${database}`;
    return { url: own.href, stop: async () => void (await talk(url, [`SELECT ${database}`, 'FLUSHDB'])) };
  }
  throw new Error(`all logical databases of ${url} are claimed`);
}

/** Sends commands in Redis's inline form and returns as many reply lines. */
export async function talk(url: string, commands: string[]): Promise<string[]> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port || 6379), hostname);
  await once(socket, 'connect');
  socket.write(`${commands.join('\r\n')}\r\n`);
  const replies: string[] = [];
  for await (const line of createInterface({ input: socket })) {
    replies.push(line);
    if (replies.length === commands.length) break;
  }
  socket.destroy();
  return replies;
}
