// The smaller form of `npm run bench:mail -- --only kills`: mailers killed again and again, on the embedded database and on PostgreSQL.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emptyDatabaseDirectory } from '../../empty-database.ts';
import { postgresServer } from '../../servers.ts';
import { killMailers, type KillOutcome } from './kill-mailers.ts';

const postgres = await postgresServer();
const root = mkdtempSync(join(tmpdir(), 'kill-mailers-'));
const [readers, connections] = [300, 10];
afterAll(async () => {
  await postgres?.stop();
  rmSync(root, { recursive: true, force: true });
});

function expectWhole({ duplicates, lost, unknown, ledger, kills }: KillOutcome): void {
  expect({ duplicates, lost }).toEqual({ duplicates: 0, lost: 0 });
  expect(kills).toBeGreaterThan(0);
  expect(unknown.length).toBeLessThanOrEqual(kills * connections);
  expect(ledger).toMatchObject({ planned: readers, submitted: readers - unknown.length, unknown: unknown.length, leased: 0, waiting: 0, failed: 0 }); // prettier-ignore
}

test('on the embedded database nobody gets two letters and nobody is lost, however often it is killed', async () => {
  const place = join(root, 'db');
  cpSync(emptyDatabaseDirectory, place, { recursive: true });
  expectWhole(await killMailers({ place, processes: 1, readers, kills: 3 }));
});

test.skipIf(!postgres)('and with two mailers on PostgreSQL', async () => {
  expectWhole(await killMailers({ place: postgres!.url, processes: 2, readers, kills: 3 }));
});
