// The pool of an issue: signed by its rows, changed a row at a time, and never sent as another than was approved.
import { beforeEach, describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import {
  dropSilenced,
  finishPool,
  pooledCards,
  poolPage,
  poolsToLay,
  savePoolEntries,
  takeFromPool,
} from '../../../core/store/issue-pool.ts';
import { approvedIssue, approveIssue, editIssue } from '../../../core/store/issues.ts';
import { takeBackApprovals, withdrawnInIssues } from '../../../core/store/withdrawals.ts';
import { testDatabase } from '../../database.ts';
import { seedIssue } from '../../services/seed-issue.ts';

const at = new Date('2026-11-20T10:00:00Z');
let db: Database;
let issueId: number;

/** Stories 4 to 8 in the pool of the seeded issue, each of a paper of its own. */
beforeEach(async () => {
  db = await testDatabase();
  issueId = await seedIssue(db);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
    select 1, 'more-' || n, 'paper', 'https://arxiv.example/more/' || n, 'Paper number ' || n, 'It says ' || n || '.', '2026-11-18', 'h' || n
    from generate_series(4, 8) as n`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at)
    select id, published_at, ${at} from items where guid like 'more-%' order by id`);
  await db.run(sql`
    insert into story_items (item_id, story_id, why)
    select headline_item_id, id, 'first' from stories where id > 3`);
  await lay();
});

async function lay(storyIds = [4, 5, 6, 7, 8]): Promise<void> {
  await db.run(sql`update issues set pool_asked_at = ${at} where id = ${issueId}`);
  const entries = storyIds.map((storyId, index) => ({ storyId, position: index + 1, section: 'publications', confidence: 0.9, by: 'words' as const, summary: [], sentences: [], place: undefined })); // prettier-ignore
  expect(await savePoolEntries(db, issueId, entries)).toBe(true);
  await finishPool(db, { issueId, askedAt: at, storyIds });
}

const hash = async (): Promise<string> => hashContent(await loadIssueContent(db, issueId));
const approve = async (seenHash: string): Promise<void> =>
  approveIssue(db, { issueId, seenHash, approvedBy: 'Olga', at });

describe('the hash that is approved', () => {
  test('is of the pool too, and the content stays small whatever the pool', async () => {
    const content = await loadIssueContent(db, issueId);
    expect(content.pool?.count).toBe(5);
    expect(content.cards.map(({ storyId }) => storyId)).toEqual([1, 3, 2]);
    const before = await hash();
    await lay([4, 5, 6, 7]);
    expect(await hash()).not.toBe(before);
    await lay();
    expect(await hash()).toBe(before);
    await lay([5, 4, 6, 7, 8]);
    expect(await hash()).not.toBe(before);
  });

  test('is another when a card of the pool says something else after it was put together again', async () => {
    const before = await hash();
    await db.run(sql`update items set title = 'Renamed' where guid = 'more-4'`);
    expect(await hash()).toBe(before);
    await lay();
    expect(await hash()).not.toBe(before);
  });

  test('holds the issue until the rows say something else', async () => {
    await approve(await hash());
    expect((await approvedIssue(db, issueId)).content.pool?.count).toBe(5);
    await db.run(sql`update issue_pool set hash = 'another' where story_id = 6`);
    await expect(approvedIssue(db, issueId)).rejects.toThrow(/not what Olga approved/);
  });

  test('a card that was changed behind its hash is not handed out', async () => {
    await db.run(sql`update issue_pool set card = jsonb_set(card, '{title}', '"Other"') where story_id = 6`);
    await expect(pooledCards(db, issueId, [6])).rejects.toThrow(/not what was signed/);
    expect((await pooledCards(db, issueId, [4]))[0]).toMatchObject({
      title: 'Paper number 4',
      number: 1,
      role: 'pool',
    });
  });

  test('nothing is approved while the pool is put together, and nothing is put together once it is approved', async () => {
    await db.run(sql`update issues set pool_asked_at = ${at} where id = ${issueId}`);
    expect(await poolsToLay(db)).toEqual([{ id: issueId }]);
    await expect(approve(await hash())).rejects.toThrow(/still being put together/);
    await lay();
    await approve(await hash());
    expect(await savePoolEntries(db, issueId, [])).toBe(false);
    await finishPool(db, { issueId, askedAt: at, storyIds: [] });
    expect((await poolPage(db, { issueId, from: 0, limit: 9 })).count).toBe(5);
  });
});

describe('a story of the pool', () => {
  test('comes before the curator with what was understood of it, and out of the pool', async () => {
    await approve(await hash());
    await editIssue(db, issueId, async (tx) => {
      expect(await takeFromPool(tx, { issueId, storyIds: [6], role: 'pick', by: 'Olga' })).toBe(1);
    });
    const content = await loadIssueContent(db, issueId);
    expect(content.pool?.count).toBe(4);
    expect(content.cards.find(({ storyId }) => storyId === 6)).toMatchObject({ role: 'pick', section: 'publications' });
    await expect(approvedIssue(db, issueId)).rejects.toThrow(/not approved/);
    // Put together again it does not come back into the pool.
    await lay();
    expect((await loadIssueContent(db, issueId)).pool?.count).toBe(4);
  });

  test('of a muted source, or whose paper was taken back, goes before anybody approves, who then sees what is left', async () => {
    const seen = await hash();
    await db.run(sql`update items set withdrawn = true where guid = 'more-7'`);
    await expect(approve(seen)).rejects.toThrow(/changed since you opened it/);
    expect((await loadIssueContent(db, issueId)).pool?.count).toBe(4);
    await approve(await hash());
    await db.run(sql`update issues set status = 'in_review', approved_hash = null, content_hash = null`);
    await db.run(sql`delete from story_items where story_id = 5`);
    expect(await dropSilenced(db, issueId)).toBe(1);
    expect(await dropSilenced(db, issueId)).toBe(0);
  });

  test('that is taken back after the approval takes it away only when somebody was given it', async () => {
    await approve(await hash());
    await db.run(sql`update items set withdrawn = true where guid = 'more-7'`);
    expect(await takeBackApprovals(db, at)).toEqual([]);
    await db.run(sql`
      insert into picked_stories (issue_id, content_hash, story_id) select id, content_hash, 7 from issues`);
    expect(await takeBackApprovals(db, at)).toEqual([issueId]);
    expect((await withdrawnInIssues(db, [issueId])).map(({ storyId }) => storyId)).toEqual([7]);
  });

  test('is found by all words of its title, source, authors, topic and summary, page by page', async () => {
    const titles = async (search: string, from = 0) =>
      (await poolPage(db, { issueId, search, from, limit: 2 })).lines.map(({ title }) => title);
    expect(await titles('')).toEqual(['Paper number 4', 'Paper number 5']);
    expect(await titles('', 4)).toEqual(['Paper number 8']);
    expect(await titles('NUMBER 7')).toEqual(['Paper number 7']);
    expect(await poolPage(db, { issueId, search: 'arxiv cs', from: 0, limit: 1 })).toMatchObject({ count: 5 });
    expect(await titles('%')).toEqual([]);
    expect(await titles(' arxiv  7 ')).toEqual(['Paper number 7']);
    expect(await titles('arxiv 77')).toEqual([]);
    await db.run(sql`update items set authors = '{Ada Okafor}' where guid = 'more-8'`);
    await lay();
    expect(await titles('okafor number')).toEqual(['Paper number 8']);
    await db.run(
      sql`update issue_pool set card = card || '{"summary": ["It folds proteins."], "topic": "Biology"}' where story_id = 5`,
    );
    expect(await titles('proteins biology')).toEqual(['Paper number 5']);
    // What a list is written with is no word of it.
    expect(await titles('"')).toEqual([]);
    await db.run(sql`update issue_pool set card = card || '{"summary": ["It is \\"folded\\"."]}' where story_id = 5`);
    expect(await titles('"folded"')).toEqual(['Paper number 5']);
  });
});
