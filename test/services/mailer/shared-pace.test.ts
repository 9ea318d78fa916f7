// Two mailers as processes of their own on one database: together they keep the pace, and send each letter once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compiled } from '../../../core/compiled.ts';
import { openDatabase } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { childEnvironment } from '../../clock/test-clock.ts';
import { startMailServer } from '../../mail-server.ts';
import { postgresServer } from '../../servers.ts';
import { renderSample } from './sending-fixture.ts';

const postgres = await postgresServer();
const script = fileURLToPath(compiled(new URL('sending-process.ts', import.meta.url)));
const [readers, perSecond] = [60, 20];

test.skipIf(!postgres)('two processes share the pace of the mail server', async () => {
  const times: number[] = [];
  /** When each process began to send. */
  const began: number[] = [];
  const server = await startMailServer(() => {
    times.push(Date.now());
    return {};
  });
  const db = await openDatabase({ url: postgres!.url });
  try {
    const { issueId } = await renderSample(db, { readers });
    const exits = [1, 2].map(async () => {
      const args = [script, postgres!.url, server.url, String(issueId), String(perSecond)];
      const child = spawn(process.execPath, args, {
        env: childEnvironment({}),
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      });
      child.on('message', (at) => began.push(Number(at)));
      const [code] = (await once(child, 'exit')) as [number];
      return code;
    });
    expect(await Promise.all(exits)).toEqual([0, 0]);
    expect(new Set(server.taken.map(({ to }) => to)).size).toBe(readers);
    expect(server.taken).toHaveLength(readers);
    expect(await countLedger(db, issueId)).toMatchObject({ submitted: readers, unknown: 0, waiting: 0 });
    expect(began).toHaveLength(2);
    // Each takes slots for a tenth of a second together. A busy machine is only slower; without sharing it took half as long.
    // From before the first slot is taken: until the first mail is there its connection has to be made.
    const seconds = (Math.max(...times) - Math.min(...began)) / 1000;
    expect(seconds).toBeGreaterThan((readers - 1 - 2 * (perSecond / 10)) / perSecond - 0.05);
  } finally {
    await db.close();
    await server.stop();
    await postgres!.stop();
  }
});
