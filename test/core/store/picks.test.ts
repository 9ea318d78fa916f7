import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import {
  pickList,
  pickProfile,
  picksOf,
  savePicks,
  unrankedReaders,
  type Pick,
  type PickProfile,
} from '../../../core/store/picks.ts';
import type { Reason } from '../../../core/letter/pick-reason.ts';
import { addRule, listRules, removeRule } from '../../../core/store/rules.ts';
import { testDatabase } from '../../database.ts';

let db: Database;
const issueId = 1;
const ask = { issueId, contentHash: 'one', storyIds: [1, 2], afterId: 0, limit: 10 };
const pick: Pick = { storyId: 1, kind: 'personal', reason: { code: 'close', words: '"voix" 语音' }, updated: true };
const profile: PickProfile = { facets: [{ words: 'speech', weight: 1 }, { storyId: 3, weight: -0.5 }, { words: 'robots', weight: 0.5 }] }; // prettier-ignore

beforeEach(async () => {
  db = await testDatabase();
  await db.run(sql`insert into issues (number, slug, week, title) values (1, '2026-w47', '2026-11-16', 'One')`);
  await db.run(sql`insert into stories (first_seen, changed_at) select now(), now() from generate_series(1, 3)`);
  await db.run(sql`insert into readers (email, token, status, length)
    values ('a@example.org', 'a', 'active', 5), ('b@example.org', 'b', 'active', 12),
      ('c@example.org', 'c', 'pending', 12), ('d@example.org', 'd', 'paused', 12)`);
});

const savedPicks = () =>
  db.rows(sql`
    select reader_id, content_hash, ${pickList} as stories, ${pickProfile} as profile, ranker from picks order by reader_id`);
const save = (contentHash: string, stories: Pick[], readerIds = [1]): Promise<void> =>
  savePicks(db, {
    issueId,
    contentHash,
    ranker: 'bm25+dense/1',
    readers: readerIds.map((readerId) => ({ readerId, stories, unmet: ['knitting'], profile })),
    now: new Date(),
  });

test('only active readers are ranked, in batches in the order of their ids', async () => {
  const first = await unrankedReaders(db, { ...ask, limit: 1 });
  expect(first).toEqual([
    {
      id: 1,
      length: 5,
      interests: [],
      interestWeights: [],
      rules: [],
      brought: [],
      signals: [],
      answers: [],
      exposed: [],
      updated: [],
    },
  ]);
  const next = await unrankedReaders(db, { ...ask, limit: 1, afterId: 1 });
  expect(next.map(({ id }) => id)).toEqual([2]);
  expect(await unrankedReaders(db, { ...ask, afterId: 2 })).toEqual([]);
});

test('a reader comes with interests, signals with their time, answers, and the stories of this issue they were shown', async () => {
  const at = new Date('2026-11-20T10:00:00.000Z');
  await db.run(sql`insert into interests (reader_id, words, weight) values (2, 'speech', 30), (2, 'robots', 100)`);
  await db.run(sql`insert into signals values (2, 3, 'like', ${at})`);
  await db.run(sql`insert into exposures (reader_id, story_id, issue_id, position, at)
    values (2, 2, ${issueId}, 1, ${at}), (2, 3, ${issueId}, 2, ${at})`);
  await db.run(sql`
    insert into pair_answers (reader_id, issue_id, chosen_id, other_id, alone, by_lot, at)
    values (2, ${issueId}, 3, 1, -0.25, false, ${at})`);
  const [, reader] = await unrankedReaders(db, ask);
  expect(reader).toEqual({
    id: 2,
    length: 12,
    interests: ['robots', 'speech'],
    interestWeights: [100, 30],
    signals: [{ storyId: 3, kind: 'like', at }],
    rules: [],
    brought: [],
    answers: [{ chosenId: 3, otherId: 1, alone: -0.25, at }],
    exposed: [2],
    updated: [],
  });
});

test('a story that changed since the reader saw it is known as updated, another as exposed', async () => {
  const shown = new Date('2026-11-13T07:00:00Z');
  const [before, after] = [new Date('2026-11-12T07:00:00Z'), new Date('2026-11-15T07:00:00Z')];
  await db.run(sql`insert into sources (kind, title, url)
    select 'feed', 'Notes ' || n, 'https://notes.example/' || n from generate_series(1, 3) as n`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, created_at, keys)
    select case id when 4 then 2 when 5 then 3 else 1 end, id::text, case when id in (1, 5) then 'paper' else 'post' end,
      'https://notes.example/' || id, 'One', ${before}, 'x', case when id >= 4 then ${after}::timestamptz else ${before} end,
      case when id in (1, 5) then '{arxiv:2611.00001}'::text[] else '{}' end
    from generate_series(1, 6) as id`);
  // Story 1 as it was, but on one more list of arXiv; 2 says something else, 3 is told by another source, and by the first again.
  await db.run(
    sql`insert into story_items values (1, 1, 'first'), (2, 2, 'first'), (3, 3, 'first'), (4, 3, 'link'), (5, 1, 'link'), (6, 3, 'link')`,
  );
  await db.run(sql`insert into item_history (item_id, at, title, text, content_hash)
    values (1, ${before}, 'Zero', '', 'w'), (2, ${after}, 'Zero', '', 'w')`);
  await db.run(sql`insert into exposures (reader_id, story_id, issue_id, position, at)
    select 2, id, ${issueId}, 1, ${shown} from generate_series(1, 3) as id`);
  const [, reader] = await unrankedReaders(db, { ...ask, storyIds: [1, 2, 3] });
  expect(reader).toMatchObject({ exposed: [1], updated: [2, 3] });
});

test('rules come in the order they were made, and a fifty-first is not taken', async () => {
  const rule = (words: string) => ({ effect: 'never' as const, field: 'word' as const, words });
  const at = new Date('2026-11-20T10:00:00Z');
  for (let count = 1; count <= 50; count++) await addRule(db, { readerId: 1, rule: rule(`word ${count}`), at });
  expect(await addRule(db, { readerId: 1, rule: rule('one more'), at })).toBeUndefined();
  const [reader] = await unrankedReaders(db, ask);
  expect(reader!.rules.slice(0, 2)).toEqual([rule('word 1'), rule('word 2')]);
  const [first] = await listRules(db, 1);
  expect(await removeRule(db, { readerId: 2, id: first!.id })).toBeUndefined();
  expect(await removeRule(db, { readerId: 1, id: first!.id })).toEqual(rule('word 1'));
  expect(await addRule(db, { readerId: 1, rule: rule('WORD 2'), at })).toBeUndefined();
});

test('saved picks are what was saved, and their reader is not ranked again', async () => {
  await save('one', [pick]);
  expect(await savedPicks()).toEqual([
    {
      readerId: 1,
      contentHash: 'one',
      stories: [pick],
      // Interests first.
      profile: { facets: [profile.facets[0], profile.facets[2], profile.facets[1]] },
      ranker: 'bm25+dense/1',
    },
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

test('picks as they were kept in both ways of before are read on, their reasons in the words of then', async () => {
  const before = [
    { storyId: 2, kind: 'editor', reason: "editor's pick" },
    { storyId: 3, kind: 'personal', reason: 'exploring', exploring: true },
  ];
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, stories, profile, ranker)
    values (${issueId}, 1, 'one', ${JSON.stringify(before)}::jsonb, ${JSON.stringify(profile)}::jsonb, 'x')`);
  await db.run(sql`insert into pick_reasons (words, used_on) values ('editor''s pick', now()), ('exploring', now())`);
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, story_ids, whys, facet_words, facet_stories, facet_weights, ranker)
    values (${issueId}, 2, 'one', '{2,3}', '{8,21}', '{}', '{}', '{}', 'x')`);
  const kept = await picksOf(db, { issueId, contentHash: 'one', readerIds: [1, 2] });
  const read = before.map(({ reason, ...one }) => ({ ...one, reason: { code: 'written', words: reason } }));
  expect([kept.get(1), kept.get(2)]).toEqual([read, read]);
});

test('a pick whose reason has gone has none, and what it was is not made up', async () => {
  await save('one', [pick]);
  await db.run(sql`delete from pick_reasons`);
  const kept = await picksOf(db, { issueId, contentHash: 'one', readerIds: [1] });
  expect(kept.get(1)).toMatchObject([{ storyId: 1, reason: null }]);
});

test('a reason many readers share is kept once, and looking it up uses up no id', async () => {
  for (const hash of ['one', 'two', 'three']) await save(hash, [pick, { ...pick, storyId: 2 }], [1, 2, 3]);
  const another: Reason = { code: 'signal', signal: 'like', title: 'Another' };
  await save('four', [{ ...pick, reason: another }]);
  // The same names in another order are the same reason.
  await save('five', [{ ...pick, reason: { title: 'Another', signal: 'like', code: 'signal' } }]);
  expect(await db.rows(sql`select id, reason from pick_reasons order by id`)).toEqual([
    { id: 1, reason: pick.reason },
    { id: 2, reason: another },
  ]);
});

test('twelve picks behind ten likes and an interest take two fifths of what they took as JSON at most', async () => {
  const stories = Array.from({ length: 12 }, (_, at) => ({ storyId: 1000 + at, kind: 'personal' as const, reason: { code: 'matches' as const, words: `words ${at}` }, score: 1.234 })); // prettier-ignore
  const likes = Array.from({ length: 10 }, (_, at) => ({ kind: 'like', storyId: 900 + at, weight: 0.525 }));
  const facets = [{ kind: 'interest', words: 'speech recognition', weight: 1 }, ...likes];
  const [contentHash, ranker] = ['f'.repeat(64), 'bm25+dense/1'];
  await savePicks(db, { issueId, contentHash, ranker, readers: [{ readerId: 1, stories, unmet: [], profile: { facets } }], now: new Date() }); // prettier-ignore
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, stories, profile, ranker)
    values (${issueId}, 2, ${contentHash}, ${JSON.stringify(stories)}::jsonb, ${JSON.stringify({ facets })}::jsonb, ${ranker})`);
  const [now, before] = await db.rows<{ bytes: number }>(sql`
    select pg_column_size(picks.*) as bytes from picks order by reader_id`);
  expect(now!.bytes).toBeLessThan(before!.bytes * 0.4);
});
