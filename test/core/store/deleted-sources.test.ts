// A deleted source on a real database: silent at once, back as it was for a month, then forgotten but for what was carried.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import {
  deletedSources,
  deleteSource,
  forgetDeletedSources,
  restoreSource,
  sourceTies,
} from '../../../core/store/deleted-sources.ts';
import { addSources, dueSourceIds, listSources, sourceById } from '../../../core/store/sources.ts';
import { leaseSource } from '../../../core/store/source-leases.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { seedSentIssue } from '../../services/seed-issue.ts';
import { testDatabase } from '../../database.ts';

const at = new Date('2026-11-20T12:00:00Z');
const days = (count: number) => new Date(at.getTime() + count * 86_400_000);

/** Source 1 told two papers that an issue carried, and a third that none did. */
async function withHistory() {
  const db = await testDatabase();
  await seedSentIssue(db);
  await db.pool.query(`
    update sources set secret = 's3cret', secret_header = 'authorization', headers = '{"x-plan": "gold"}' where id = 1;
    insert into items (source_id, guid, kind, url, title, published_at, content_hash)
      values (1, 'p3', 'paper', 'https://arxiv.example/3', 'Third paper', '2026-11-19', 'e');
    insert into stories (headline_item_id, first_seen, changed_at) values (5, '2026-11-19', now());
    insert into story_items (item_id, story_id, why) values (5, 4, 'first');
    update items set created_at = '2026-11-19'`);
  return db;
}

test('a deleted source is neither read nor listed nor drafted, and comes back as it was', async () => {
  const db = await withHistory();
  const heard = async () => (await uncarriedStories(db, { since: days(-7), until: at })).map(({ id }) => id);
  expect(await sourceTies(db, 1)).toEqual({ items: 3, carried: 2 });
  expect(await heard()).toEqual([4]);
  expect(await deleteSource(db, { sourceId: 1, at })).toBe(1);
  expect(await deleteSource(db, { sourceId: 1, at })).toBe(0);
  expect(await heard()).toEqual([]);
  expect((await listSources(db)).map(({ id }) => id)).toEqual([3, 2]);
  expect(await dueSourceIds(db, days(365))).not.toContain(1);
  expect(await leaseSource(db, { id: 1, now: days(365) })).toBe(undefined);
  expect((await deletedSources(db, days(29))).map(({ id }) => id)).toEqual([1]);
  expect(await forgetDeletedSources(db, days(29))).toEqual({ items: 0, sources: 0 });
  expect(await restoreSource(db, { sourceId: 1, now: days(29) })).toBe(1);
  expect(await heard()).toEqual([4]);
  expect(await leaseSource(db, { id: 1, now: days(29) })).toMatchObject({
    secret: 's3cret',
    headers: { 'x-plan': 'gold' },
  });
});

test('after a month what no issue carried and every secret is forgotten, and the archive is whole', async () => {
  const db = await withHistory();
  await addSources(db, [{ kind: 'feed', title: 'Never read', url: 'https://never.example/' }]);
  const content = await db.row(sql`select content, content_hash from issues`);
  await db.run(sql`update sources set deleted_at = ${at} where id in (1, 4)`);
  expect(await deletedSources(db, days(31))).toEqual([]);
  expect(await forgetDeletedSources(db, days(31))).toEqual({ items: 1, sources: 1 });
  expect(await forgetDeletedSources(db, days(31))).toEqual({ items: 0, sources: 0 });
  expect((await db.rows<{ guid: string }>(sql`select guid from items order by id`)).map(({ guid }) => guid)).toEqual(['p1', 'v1', 'x1', 'p2']); // prettier-ignore
  expect(await db.rows(sql`select id from stories order by id`)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  expect(await db.row(sql`select content, content_hash from issues`)).toEqual(content);
  expect(await db.row(sql`select title, secret, secret_header, headers from sources where id = 1`)).toEqual({
    title: 'arXiv cs.CL',
    secret: null,
    secretHeader: null,
    headers: {},
  });
  expect(await sourceById(db, 4)).toBe(undefined);
});

test('adding its address again brings a deleted source back', async () => {
  const db = await withHistory();
  await deleteSource(db, { sourceId: 1, at });
  const again = [{ kind: 'arxiv', title: 'Again', url: 'https://a.example/' } as const];
  expect(await addSources(db, again)).toBe(1);
  expect(await addSources(db, again)).toBe(0);
  expect((await listSources(db)).map(({ title }) => title)).toContain('arXiv cs.CL');
});
