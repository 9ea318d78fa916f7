// What the ranker may choose from is the whole week: a story that no curator prepared reaches who wants it, as it was approved.
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { openLog } from '../../../core/log.ts';
import { openQueue } from '../../../core/queue.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { finishPool, savePoolEntries } from '../../../core/store/issue-pool.ts';
import { approveIssue, contentToRank } from '../../../core/store/issues.ts';
import { pairFor } from '../../../core/store/pairs.ts';
import { picksOf } from '../../../core/store/picks.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { loadRender, missingParts } from '../../../core/store/renders.ts';
import { rankHandlers } from '../../../workers/rank/handlers.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { testDatabase } from '../../database.ts';
import { seedIssue } from '../../services/seed-issue.ts';

const now = new Date('2026-11-20T09:00:00Z');
const never = new AbortController().signal;

test('a story of the pool is chosen for who asked for its words, and the cards of what is shown are compiled alone', async () => {
  const db = await testDatabase();
  const log = openLog({ LOG_LEVEL: 'silent' });
  const queue = await openQueue({ db, log });
  onTestFinished(() => queue.close());
  const house = { config: parseConfig({}), db, log, queue, now: () => now };
  const issueId = await seedIssue(db);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
    select 1, 'pool-' || n, 'paper', 'https://arxiv.example/' || n, case n when 9 then 'Speech of whales' else 'Matter ' || n end,
      'Text.', '2026-11-18', 'h' || n from generate_series(4, 30) as n`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at)
    select id, published_at, ${now} from items where guid like 'pool-%' order by id`);
  await db.run(sql`insert into story_items select headline_item_id, id, 'first' from stories where id > 3`);
  await db.run(sql`
    with named as (insert into topics (name, created_at, seen_at) values ('Choir practice', ${now}, ${now}) returning id)
    update stories set topic_id = named.id from named where stories.id = 10`);
  const storyIds = Array.from({ length: 27 }, (_, at) => at + 4);
  const understood = {
    section: 'talks',
    confidence: 1,
    by: 'rule' as const,
    summary: [],
    sentences: [],
    place: undefined,
  };
  await db.run(sql`update issues set pool_asked_at = ${now}`);
  await savePoolEntries(db, issueId, storyIds.map((storyId, at) => ({ storyId, position: at + 1, ...understood }))); // prettier-ignore
  await finishPool(db, { issueId, askedAt: now, storyIds });
  await addReaders(db, {
    readers: [{ email: 'a@b.example', interests: ['speech'], length: 3 }],
    wording: 't',
    at: now,
  });
  const seenHash = hashContent(await loadIssueContent(db, issueId));
  await approveIssue(db, { issueId, seenHash, approvedBy: 'Olga', at: now });
  await rankHandlers(house)['readers.rank']!({ issueId, shard: 0 }, never);
  const { contentHash } = (await contentToRank(db, issueId))!;
  const picks = (await picksOf(db, { issueId, contentHash, readerIds: [1] })).get(1)!;
  expect(picks.map(({ storyId }) => storyId)).toEqual([1, 2, 9]);
  const asked = (await pairFor(db, { issueId, contentHash, readerId: 1 }))!;
  const shown = [1, 2, 9, ...asked].toSorted((a, b) => a - b);
  expect(await missingParts(db, { issueId, contentHash }, ['en'])).toMatchObject([{ storyIds: shown }]);
  await renderHandlers(house)['issue.render']!({ issueId }, never);
  const parts = (await loadRender(db, { issueId, contentHash })).get('en')!.map(({ part }) => part);
  expect(parts.filter((part) => part.startsWith('card:')).toSorted()).toEqual(shown.map((id) => `card:${id}`).toSorted()); // prettier-ignore
  // The section that only the pool has is part of the frame.
  expect(parts).toContain('section:talks');
  expect(await missingParts(db, { issueId, contentHash }, ['en'])).toEqual([]);
  // What its topic is called stands in no story, and no reason says that it does.
  const readers = [{ email: 'b@b.example', interests: ['choir practice'], length: 12 }];
  await addReaders(db, { readers, wording: 't', at: now });
  await rankHandlers(house)['readers.rank']!({ issueId, shard: 0 }, never);
  const second = (await picksOf(db, { issueId, contentHash, readerIds: [2] })).get(2)!;
  expect(second.length).toBeGreaterThan(3);
  expect(second.map(({ reason }) => reason?.code)).not.toContain('matches');
});
