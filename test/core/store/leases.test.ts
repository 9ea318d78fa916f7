// Whoever takes work out of a table gets as much as was asked for and no more, also while the planner takes the table for
// empty: it then expects none of its rows, and may look anew for what is next at each that there is.
import { beforeEach, expect, test } from 'vitest';
import { raw, sql, type Database } from '../../../core/db.ts';
import { leaseWanted } from '../../../core/store/brought-papers.ts';
import { planDeliveries } from '../../../core/store/deliveries.ts';
import { leaseDeliveries } from '../../../core/store/delivery-leases.ts';
import { leaseNotices } from '../../../core/store/notices.ts';
import { takeHooks } from '../../../core/store/outgoing-hooks.ts';
import { testDatabase } from '../../database.ts';
import { recordPlans, rowsVisited } from '../../record-plans.ts';
import { renderSample } from '../../services/mailer/sending-fixture.ts';

const now = new Date('2026-11-21T07:00:00Z');
const never = new AbortController().signal;

let db: Database;
beforeEach(async () => {
  db = await testDatabase();
});

/** Fills the table twice; between, it is emptied and counted. */
async function fill(table: string, insert: () => Promise<unknown>): Promise<void> {
  await insert();
  await db.run(sql`delete from ${raw(table)}`);
  await db.run(sql`analyze ${raw(table)}`);
  await insert();
}

test('letters', async () => {
  const { issueId, contentHash } = await renderSample(db, { readers: 30 });
  await fill('deliveries', () => planDeliveries(db, { issueId, contentHash, before: now, now, stop: never }));
  const leased = await leaseDeliveries(db, { issueId, contentHash, now, limit: 5, holder: 'one' });
  expect(leased.map(({ id }) => id)).toEqual([31, 32, 33, 34, 35]);
});

test('letters, by a planner that knows how many are planned: it reads those that are next, and sorts no others', async () => {
  const { issueId, contentHash } = await renderSample(db, { readers: 3_000 });
  await planDeliveries(db, { issueId, contentHash, before: now, now, stop: never });
  await db.run(sql`analyze`);
  const { db: recorded, seen } = recordPlans(db, { analyze: true });
  await leaseDeliveries(recorded, { issueId, contentHash, now, limit: 20, holder: 'one' });
  const visited = seen.reduce((sum, { plan }) => sum + rowsVisited(plan), 0);
  expect(visited).toBeGreaterThan(60);
  // Tables as small as these may be read once; all that are planned were joined with both and sorted, for each lease (21,600 rows).
  expect(visited).toBeLessThan(3 * 3_000);
});

test('letters behind those whose readers get none now', async () => {
  const { issueId, contentHash } = await renderSample(db, { readers: 40 });
  await planDeliveries(db, { issueId, contentHash, before: now, now, stop: never });
  await db.run(sql`update readers set status = 'unsubscribed' where id <= 30 and id <> 7`);
  const lease = (limit: number) => leaseDeliveries(db, { issueId, contentHash, now, limit, holder: 'one' });
  expect((await lease(5)).map(({ readerId }) => readerId)).toEqual([7, 31, 32, 33, 34]);
  expect((await lease(50)).map(({ readerId }) => readerId)).toEqual([35, 36, 37, 38, 39, 40]);
  expect(await lease(5)).toEqual([]);
});

test('notices', async () => {
  await fill('notices', () =>
    db.run(sql`
      insert into notices (kind, email, mailbox, detail)
      select 'sign-in', name, name, '{}' from (select 'curator' || n || '@example.org' as name from generate_series(1, 30) as n) as names`),
  );
  expect(await leaseNotices(db, { now, limit: 5, holder: 'one' })).toHaveLength(5);
});

test('outgoing hooks', async () => {
  await fill('outgoing_hooks', () =>
    db.run(sql`
      insert into outgoing_hooks (source, type, data, at, created_at, next_try_at)
      select 'test ' || n, 'reader.subscribed', '{}', ${now}, ${now}, ${now} from generate_series(1, 30) as n`),
  );
  expect(await takeHooks(db, { to: 'webhook', now, limit: 5 })).toHaveLength(5);
});

test('papers that were asked for by number', async () => {
  await fill('wanted_papers', () =>
    db.run(sql`
      insert into wanted_papers (key, next_at)
      select 'arxiv:2601.' || (10000 + n), ${now} from generate_series(1, 300) as n`),
  );
  expect(await leaseWanted(db, { form: 'arxiv', mostTogether: 50, now })).toHaveLength(50);
});
