// The demo as people start it: ended by force in the middle and started again it has its month all the same, nothing twice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDatabase, sql } from '../../../core/db.ts';
import { listIssues } from '../../../core/store/issues.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { listJudgements } from '../../../core/store/judgements.ts';
import { quotedSentences } from '../../../core/store/summaries.ts';
import { issueToWelcomeWith, readersToWelcome } from '../../../core/store/welcomes.ts';
import { childEnvironment } from '../../clock/test-clock.ts';
import { emptyDatabaseDirectory } from '../../empty-database.ts';

const directory = mkdtempSync(join(tmpdir(), 'courant-demo-month-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function startDemo() {
  const args = ['dist/services/cli/main.js', 'demo', '--data', directory, '--exit'];
  const child = spawn(process.execPath, args, {
    env: childEnvironment({ PORT: '0' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

it('is killed while it makes its past, and goes on where it was', async () => {
  cpSync(emptyDatabaseDirectory, join(directory, 'db'), { recursive: true });
  const first = startDemo();
  const killed = once(first.child, 'close');
  first.child.stdout.on('data', () => {
    if (first.said().includes('✓ 3 weeks ago')) first.child.kill('SIGKILL');
  });
  expect(await killed, first.said()).toEqual([null, 'SIGKILL']);

  const second = startDemo();
  // Closed, not only ended: its last line is still in the pipe then.
  const [code] = (await once(second.child, 'close')) as [number | null];
  expect(code, second.said()).toBe(0);
  expect(second.said().trimEnd().split('\n').at(-1)).toMatch(
    /^demo: 13 sources, \d+ items, \d+ stories, \d+ topics, 4 issues, 40 readers, \d+ mails, [\d.]+ s$/,
  );

  const db = await openDatabase({ directory: join(directory, 'db') });
  try {
    const issues = await listIssues(db);
    expect(issues.map(({ number, status }) => [number, status])).toEqual([
      [4, 'in_review'],
      [3, 'sent'],
      [2, 'sent'],
      [1, 'sent'],
    ]);
    // Each a week after the one before it, and none ahead of the clock.
    const days = issues.slice(1).map(({ sentAt }) => Math.round((Date.now() - sentAt!.getTime()) / 86_400_000));
    expect(days).toEqual([7, 14, 21]);
    for (const { id } of issues.slice(1)) {
      const ledger = await countLedger(db, id);
      expect(ledger.submitted + ledger.suppressed).toBe(ledger.planned);
      expect(ledger.submitted).toBeGreaterThanOrEqual(30);
    }
    const broken = await db.rows(sql`select url from link_checks where state = 'broken'`);
    expect(broken).toEqual([{ url: 'http://192.168.1.20/wiki/lora-notes' }]);
    expect((await quotedSentences(db, issues[0]!.id)).some(({ isThere }) => !isThere)).toBe(true);
    const signals = await db.rows<{ kind: string }>(sql`select distinct kind from signals order by kind`);
    expect(signals.map(({ kind }) => kind)).toEqual(['click', 'dislike', 'like', 'save']);
    const machines = await db.rows<{ machine: string }>(
      sql`select distinct machine from clicks where machine is not null`,
    );
    expect(machines.map(({ machine }) => machine)).toContain('trap');
    const statuses = await db.rows<{ status: string }>(sql`select distinct status from readers order by status`);
    expect(statuses.map(({ status }) => status)).toEqual(['active', 'bounced', 'paused', 'unsubscribed']);
    expect(await listJudgements(db, 10)).toHaveLength(3);
    // What the last line counts is all there will be: nobody waits for a letter that the schedule would send a minute later.
    const { id: issueId, contentHash } = (await issueToWelcomeWith(db, new Date()))!;
    expect(await readersToWelcome(db, { issueId, contentHash, now: new Date() })).toEqual([]);
    const mails = readdirSync(join(directory, 'outbox')).filter((name) => name.endsWith('.eml'));
    expect(second.said()).toContain(` 40 readers, ${mails.length} mails`);
  } finally {
    await db.close();
  }
  // Two starts of a month: 171 s beside as much again.
}, 1_200_000);
