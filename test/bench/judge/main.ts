// `npm run bench:judge`: what it takes to judge one issue, for 1,000 readers and for ten times as many.
import { parseConfig } from '../../../core/config.ts';
import { openDatabase, sql, type Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { listJudgements } from '../../../core/store/judgements.ts';
import { judgeIssues } from '../../../workers/rank/judge-issues.ts';

const storyCount = 300;
const picksEach = 8;
const sentAt = '2026-11-14T07:00:00Z';
const now = new Date('2026-11-16T07:00:00Z');

for (const readers of [1000, 10_000]) {
  const db = await openDatabase({ url: process.env['BENCH_DATABASE_URL'] });
  await seed(db, readers);
  const silent = () => undefined;
  const house = {
    config: parseConfig({}),
    db,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    now: () => now,
  } as unknown as House;
  const [started, before] = [performance.now(), process.cpuUsage()];
  await judgeIssues(house, new AbortController().signal);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const [judged] = await listJudgements(db, 1);
  const { letters, exposures, answers } = judged!.figures;
  process.stdout.write(
    `${readers} readers: ${letters} letters, ${exposures} exposures, ${answers} answers in ${seconds.toFixed(1)} s, ` +
      `${((user + system) / 1e6).toFixed(1)} s of CPU, ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`,
  );
  await db.close();
}

/** 300 stories of 60 words, and for each reader three interests, eight personal picks, and an answer to every tenth. */
async function seed(db: Database, readers: number): Promise<void> {
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
    select 1, n::text, 'post', 'https://notes.example/' || n, 'Title ' || n,
      (select string_agg('word' || (n * 31 + w * w * 17) % 2000, ' ') from generate_series(1, 60) as w),
      ${sentAt}::timestamptz - n * interval '20 minutes', 'x'
    from generate_series(1, ${storyCount}::int) as n`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at) select id, now(), now() from items order by id`);
  await db.run(sql`insert into story_items select id, id, 'first' from items`);
  await db.run(sql`
    insert into issues (number, slug, week, title, status, sent_at, send_at, approved_hash, content_hash)
    values (1, 'one', '2026-11-09', 'One', 'sent', ${sentAt}, ${sentAt}, 'x', 'x')`);
  await db.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role) select 1, id, 'posts', id, 'pool' from stories`);
  await db.run(sql`
    insert into readers (email, token, status)
    select n || '@readers.example', 'token-' || n, 'active' from generate_series(1, ${readers}::int) as n`);
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, ranker, stories, profile)
    select 1, id, 'x', 'x',
      (select jsonb_agg(jsonb_build_object('storyId', 1 + (id * 7 + p * 37) % ${storyCount}::int, 'kind', 'personal'))
       from generate_series(1, ${picksEach}::int) as p),
      jsonb_build_object('facets', (select jsonb_agg(jsonb_build_object('kind', 'interest', 'weight', 1,
        'words', 'word' || (id * 13 + f * 101) % 2000 || ' word' || (id + f) % 2000)) from generate_series(1, 3) as f))
    from readers`);
  await db.run(sql`
    insert into exposures (reader_id, story_id, issue_id, position, at)
    select reader_id, (pick.value->>'storyId')::int, 1, place, ${sentAt}
    from picks, jsonb_array_elements(stories) with ordinality as pick(value, place) on conflict do nothing`);
  await db.run(sql`
    insert into signals select reader_id, story_id, 'click', ${sentAt}::timestamptz + interval '1 hour' from exposures
    where (reader_id + story_id) % 10 = 0`);
}
