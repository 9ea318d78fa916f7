// The desk puts an issue together again exactly when a row changed that it shows.
import { beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { issueVersion } from '../../../core/store/issue-version.ts';
import { testDatabase } from '../../database.ts';
import { seedIssue } from '../../services/seed-issue.ts';

let db: Database;
let issueId: number;

beforeEach(async () => {
  db = await testDatabase();
  issueId = await seedIssue(db);
  await db.pool.query(
    `insert into vector_sets (model, embedder, status, dimension) values ('m', 'embedded', 'in_use', 1)`,
  );
  await db.pool.query(`insert into vectors (item_id, segment, model, vector) values (2, 1, 'm', '\\x0000803f')`);
});

test.each([
  ['its intro', `update issues set intro = 'Another'`],
  ['the role of a story', `update issue_stories set role = 'removed' where story_id = 3`],
  ['a summary', `update issue_stories set summary = '{Other}' where story_id = 1`],
  ['a headline', `update stories set headline_item_id = 2 where id = 1`],
  ['a title', `update items set title = 'Renamed' where id = 1`],
  ['an item that came', `update story_items set story_id = 3 where item_id = 2`],
  ['an item that went', `delete from items where id = 2`],
  ['the name of a topic', `update topics set name = 'Renamed'`],
  ['the name of a source', `update sources set title = 'Renamed' where id = 1`],
  ['a muted source', `update sources set muted = true where id = 3`],
  ['a vector that came', `insert into vectors (item_id, segment, model, vector) values (1, 0, 'm', '\\x0000803f')`],
  ['a vector that is another one', `update vectors set vector = '\\x000080bf'`],
  [
    'an issue that was sent',
    `insert into issues (number, slug, week, title, status, content_hash, approved_hash) values (2, 'o', '2026-11-23', 'O', 'sent', 'h', 'h')`,
  ],
  ['another set of vectors', `update vector_sets set status = 'retired'`],
])('%s is another version', async (_name, change) => {
  const before = await issueVersion(db, issueId);
  expect(await issueVersion(db, issueId)).toBe(before);
  await db.pool.query(change);
  expect(await issueVersion(db, issueId)).not.toBe(before);
});

test('a source that was looked at, and rows of other issues, change nothing', async () => {
  const state = async () => [await issueVersion(db, issueId), hashContent(await loadIssueContent(db, issueId))];
  const before = await state();
  await db.pool.query(`update sources set last_checked_at = now(), next_check_at = now(), etag = 'x'`);
  await db.pool.query(`insert into issues (number, slug, week, title) values (2, 'other', '2026-11-23', 'Other')`);
  expect(await state()).toEqual(before);
});
