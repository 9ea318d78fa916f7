// 5,000 readers, ten kills at random: on the embedded database, and with two mailers on PostgreSQL.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabaseDirectory, setup } from '../../empty-database.ts';
import { postgresServer } from '../../servers.ts';
import { killMailers, type KillOutcome } from '../../services/mailer/kill-mailers.ts';

const [readers, kills] = [5_000, 10];

/** The sums over both shapes; each reader whose letter is unknown is named. */
export async function measureKills() {
  const root = mkdtempSync(join(tmpdir(), 'courant-kills-'));
  const postgres = await postgresServer();
  const outcomes: KillOutcome[] = [];
  try {
    const place = join(root, 'db');
    await setup();
    cpSync(emptyDatabaseDirectory, place, { recursive: true });
    outcomes.push(await killMailers({ place, processes: 1, readers, kills }));
    if (postgres) outcomes.push(await killMailers({ place: postgres.url, processes: 2, readers, kills }));
  } finally {
    await postgres?.stop();
    rmSync(root, { recursive: true, force: true });
  }
  for (const { unknown, kills: done } of outcomes)
    process.stdout.write(`${done} kills; unknown: ${unknown.join(', ') || 'none'}\n`);
  const sum = (of: (outcome: KillOutcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0);
  return {
    kill_duplicates: sum(({ duplicates }) => duplicates),
    kill_lost: sum(({ lost }) => lost),
    kill_unknown: sum(({ unknown }) => unknown.length),
    kills: sum((one) => one.kills),
  };
}
