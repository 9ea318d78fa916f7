import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { savePicks, unrankedReaders, type Pick } from '../../../core/store/picks.ts';
import { testDatabase } from '../../database.ts';

let db: Database;
const issueId = 1;
const ask = { issueId, contentHash: 'one', storyIds: [1, 2], afterId: 0, limit: 10 };
const pick: Pick = { storyId: 1, kind: 'personal', reason: 'because you follow "voix" 语音', score: 1.5 };

beforeEach(async () => {
  db = await testDatabase();
  await db.run(sql`insert into issues (number, slug, week, title) values (1, '2026-w47', '2026-11-16', 'One')`);
  await db.run(sql`insert into stories (first_seen, changed_at) select now(), now() from generate_series(1, 3)`);
  await db.run(sql`insert into readers (email, token, status, length)
    values ('a@example.org', 'a', 'active', 5), ('b@example.org', 'b', 'active', 12),
      ('c@example.org', 'c', 'pending', 12), ('d@example.org', 'd', 'paused', 12)`);
});

const savedPicks = () =>
  db.rows(sql`select reader_id, content_hash, stories, profile, ranker from picks order by reader_id`);
const save = (contentHash: string, stories: Pick[], readerIds = [1]): Promise<void> =>
  savePicks(db, {
    issueId,
    contentHash,
    ranker: 'bm25+dense/1',
    readers: readerIds.map((readerId) => ({ readerId, stories, profile: { facets: [] } })),
  });

test('only active readers are ranked, in batches in the order of their ids', async () => {
  const first = await unrankedReaders(db, { ...ask, limit: 1 });
  expect(first).toEqual([{ id: 1, length: 5, interests: [], signals: [], exposed: [] }]);
  const next = await unrankedReaders(db, { ...ask, limit: 1, afterId: 1 });
  expect(next.map(({ id }) => id)).toEqual([2]);
  expect(await unrankedReaders(db, { ...ask, afterId: 2 })).toEqual([]);
});

test('a reader comes with interests, signals with their time, and the stories of this issue they were shown', async () => {
  const at = new Date('2026-11-20T10:00:00.000Z');
  await db.run(sql`insert into interests (reader_id, words) values (2, 'speech'), (2, 'robots')`);
  await db.run(sql`insert into signals values (2, 3, 'like', ${at})`);
  await db.run(sql`insert into exposures (reader_id, story_id, issue_id, position, at)
    values (2, 2, ${issueId}, 1, ${at}), (2, 3, ${issueId}, 2, ${at})`);
  const [, reader] = await unrankedReaders(db, ask);
  expect(reader).toEqual({
    id: 2,
    length: 12,
    interests: ['robots', 'speech'],
    signals: [{ storyId: 3, kind: 'like', at }],
    exposed: [2],
  });
});

test('saved picks are what was saved, and their reader is not ranked again', async () => {
  await save('one', [pick]);
  expect(await savedPicks()).toEqual([
    { readerId: 1, contentHash: 'one', stories: [pick], profile: { facets: [] }, ranker: 'bm25+dense/1' },
  ]);
  expect((await unrankedReaders(db, ask)).map(({ id }) => id)).toEqual([2]);
});

test('picks of an earlier approval do not count, and are replaced', async () => {
  await save('earlier', [pick], [1, 2]);
  expect((await unrankedReaders(db, ask)).map(({ id }) => id)).toEqual([1, 2]);
  await save('one', [], [1]);
  expect(await savedPicks()).toMatchObject([
    { contentHash: 'one', stories: [] },
    { contentHash: 'earlier', stories: [pick] },
  ]);
});

test('picks that were made while we ranked stay: two workers do not overwrite each other', async () => {
  await save('one', [pick]);
  await save('one', []);
  expect(await savedPicks()).toMatchObject([{ stories: [pick] }]);
});
