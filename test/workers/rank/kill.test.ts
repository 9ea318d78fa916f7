// kill -9 to one of two worker processes in the middle of its shard: the other ranks the rest, and what was saved stays as it was.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../../core/compiled.ts';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { openHouse } from '../../../core/house.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { approveIssue, createDraft } from '../../../core/store/issues.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { childEnvironment } from '../../clock/test-clock.ts';
import { postgresServer } from '../../servers.ts';

const worker = fileURLToPath(compiled(new URL('../../../workers/main.ts', import.meta.url)));
/** Two shards, of 4,999 and of 3,001: ten batches and seven. */
const readers = 8_000;
const stories = 40;
const postgres = await postgresServer();
afterAll(() => postgres?.stop());

test.skipIf(!postgres)('after kill -9 in the middle of a shard every reader has picks, each made once', async () => {
  const environment = { DATABASE_URL: postgres!.url, DATA_DIR: tmpdir(), LOG_LEVEL: 'error' };
  const house = await openHouse(parseConfig(environment), () => new Date());
  onTestFinished(() => house.close());
  const issueId = await approveAnIssue(house.db);
  const [first, second] = [startWorker(environment), startWorker(environment)];
  const letGo = await holdSecondBatches(house.db);
  await house.queue.enqueue('issue.rank', { issueId });
  const saved = () => house.db.rows<{ readerId: number; xmin: string }>(sql`select reader_id, xmin::text from picks order by reader_id`); // prettier-ignore
  // Both have taken a shard when readers of both have picks.
  await expect.poll(async () => new Set((await saved()).map(({ readerId }) => readerId < 5_000)).size).toBe(2);
  const exit = once(first, 'exit');
  first.kill('SIGKILL');
  expect((await exit)[1]).toBe('SIGKILL');
  const before = await saved();
  expect(before.length).toBeLessThan(readers);
  await letGo();

  await expect.poll(async () => (await saved()).length, { interval: 100 }).toBe(readers);
  const after = new Map((await saved()).map(({ readerId, xmin }) => [readerId, xmin]));
  expect(before.filter(({ readerId, xmin }) => after.get(readerId) !== xmin)).toEqual([]);
  second.kill();
  await once(second, 'exit');
});

/** No shard gets beyond its first batch before the returned function is called: a worker is killed in the middle, however late that is. */
async function holdSecondBatches(db: Database): Promise<() => Promise<void>> {
  await db.pool.query(`
    create function hold_second_batch() returns trigger language plpgsql as $$
    begin
      if exists (
        select 1 from picks where (reader_id < 5000) in (select reader_id < 5000 from added)
        group by reader_id < 5000 having count(*) > (select count(*) from added)
      ) then perform pg_advisory_xact_lock_shared(1); end if;
      return null;
    end $$;
    create trigger hold_second_batch after insert on picks referencing new table as added
      for each statement execute function hold_second_batch()`);
  const holder = await db.pool.connect();
  await holder.query('select pg_advisory_lock(1)');
  let isHeld = true;
  const letGo = async (): Promise<void> => {
    if (!isHeld) return;
    isHeld = false;
    await holder.query('select pg_advisory_unlock(1)');
    holder.release();
  };
  onTestFinished(letGo);
  return letGo;
}

function startWorker(environment: Record<string, string>) {
  const child = spawn(process.execPath, [worker], {
    env: childEnvironment(environment),
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function approveAnIssue(db: Database): Promise<number> {
  const now = new Date();
  const rows = Array.from({ length: stories }, (_, at) => ({ id: at + 1, title: `Story ${at} on ${at % 2 ? 'speech' : 'robots'}` })); // prettier-ignore
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/feed')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash, created_at)
    select 1, i.id::text, 'post', 'https://notes.example/' || i.id, i.title, i.title, ${now}, i.id::text, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(id integer, title text) order by i.id`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at) select id, ${now}, ${now} from items order by id`);
  await db.run(sql`insert into story_items (item_id, story_id, why) select id, id, 'first' from items`);
  await createDraft(db, {
    week: '2026-11-16',
    slug: '2026-w47',
    titleOf: (number) => `Issue ${number}`,
    intro: '',
    stories: rows.map(({ id }) => ({ storyId: id, section: 'publications', role: 'pool', summary: [] })),
  });
  const list = Array.from({ length: readers }, (_, at) => ({ email: `r${at}@example.org`, length: 12, interests: [at % 2 ? 'speech' : 'robots'] })); // prettier-ignore
  await addReaders(db, { readers: list, wording: 'for a test', at: now });
  await approveIssue(db, {
    issueId: 1,
    seenHash: hashContent(await loadIssueContent(db, 1)),
    approvedBy: 'curator',
    at: now,
  });
  return 1;
}
