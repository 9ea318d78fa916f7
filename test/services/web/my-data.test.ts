// What is kept about a reader, handed out whole and deleted whole.
import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { departedHash } from '../../../core/crypto/departed-hash.ts';
import { sql, type Database } from '../../../core/db.ts';
import { addReaders, readerByEmail } from '../../../core/store/readers.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

const email = 'ann@readers.example';
const at = testNow;
let open: TestApp;
let db: Database;
let token: string;
let id: number;

beforeEach(async () => {
  open = await openApp();
  ({ db } = open);
  const issueId = await seedSentIssue(db);
  await addReaders(db, { readers: [{ email, interests: ['speech'], length: 5 }, { email: 'bob@readers.example', interests: ['graphs'], length: 5 }], wording: 'test', at }); // prettier-ignore
  ({ token, id } = (await readerByEmail(db, email))!);
  for (const reader of [id, id + 1]) {
    await db.run(sql`insert into signals (reader_id, story_id, kind, at) values (${reader}, 1, 'like', ${at})`);
    await db.run(
      sql`insert into rules (reader_id, effect, field, words, created_at) values (${reader}, 'never', 'word', 'stocks', ${at})`,
    );
    await db.run(
      sql`insert into deliveries (issue_id, reader_id, state, content_hash, story_ids) values (${issueId}, ${reader}, 'submitted', 'h', '{1}')`,
    );
    await db.run(sql`
      insert into mail_reports (reader_id, delivery_id, kind, status, at)
      select ${reader}, id, 'soft', '4.2.2', ${at} from deliveries where reader_id = ${reader}`);
    await db.run(
      sql`insert into exposures (reader_id, story_id, issue_id, position, at) values (${reader}, 1, ${issueId}, 1, ${at})`,
    );
    await db.run(sql`insert into clicks (reader_id, issue_id, story_id, at) values (${reader}, ${issueId}, 1, ${at})`);
    await db.run(
      sql`insert into ended_tokens (token, reader_id, why, ended_at) values (${`old-${reader}`}, ${reader}, 'renewed', ${at})`,
    );
    await db.run(
      sql`insert into proofs (issue_id, who, reader_id, content_hash, asked_at) values (${issueId}, ${`reader ${reader}`}, ${reader}, 'h', ${at})`,
    );
    await db.run(
      sql`insert into outgoing_hooks (type, source, reader_id, data, at, created_at, next_try_at) values ('reader.subscribed', ${`consent ${reader}`}, ${reader}, '{}', ${at}, ${at}, ${at})`,
    );
    await db.run(
      sql`insert into shortlists (token, reader_id, name, day, created_at) values (${`hash-group-${reader}`}, ${reader}, 'Thursdays', '2026-12-03', ${at})`,
    );
    await db.run(
      sql`insert into shortlist_stories (shortlist_id, story_id, reader_id, added_at) select id, 1, ${reader}, ${at} from shortlists where reader_id = ${reader}`,
    );
    await db.run(sql`insert into brought_works (reader_id, title, at) values (${reader}, 'A book', ${at})`);
    await db.run(
      sql`insert into reader_mails (key, mailbox, reader_id, proven, at) values (${`key-${reader}`}, 'x@y.example', ${reader}, true, ${at})`,
    );
    await db.run(
      sql`insert into asked_numbers (reader_id, day, count) values (${reader}, ${at}::timestamptz::date, 3)`,
    );
    await db.run(
      sql`insert into address_changes (reader_id, email, asked_at, old_hash) values (${reader}, ${`new-${reader}@readers.example`}, ${at}, ${`hash-${reader}`})`,
    );
    await db.run(sql`
      insert into pair_answers (reader_id, issue_id, chosen_id, other_id, alone, by_lot, at)
      values (${reader}, ${issueId}, 1, 3, 0.2, false, ${at})`);
    await db.run(
      sql`insert into picks (issue_id, reader_id, content_hash, story_ids, whys, ranker) values (${issueId}, ${reader}, 'h', '{1}', '{0}', 'r')`,
    );
  }
  await db.run(
    sql`insert into notices (kind, email, mailbox, state) values ('confirm', ${email}, ${email}, 'submitted')`,
  );
});

/** Every table that names a reader, as the database says. */
async function tablesOfReaders(): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(sql`
    select relname as name from pg_attribute join pg_class on pg_class.oid = attrelid
    where attname = 'reader_id' and relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`);
  return rows.map(({ name }) => name);
}

test('the file holds every table that names the reader, none of the links, and nothing of anybody else', async () => {
  const { rawPayload, headers, statusCode } = await open.app.inject(`/preferences/${token}/data.zip`);
  expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, 'application/zip', 'no-store']);
  const files = Object.entries(unzipSync(rawPayload)).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
  // One for each table, and the reader's own row.
  expect(files).toHaveLength((await tablesOfReaders()).length + 1);
  for (const [name, text] of files) expect([name, (JSON.parse(text) as unknown[]).length]).toEqual([name, 1]);
  const all = files.map(([, text]) => text).join('\n');
  expect(all).toContain(email);
  expect(all).toContain('speech');
  expect(all).toContain('Attention pays');
  for (const secret of [token, `old-${id}`, 'hash-', 'bob@', 'graphs']) expect(all).not.toContain(secret);
});

test('opening the page deletes nothing; the button deletes everything at once, and of nobody else', async () => {
  const asked = await open.app.inject(`/preferences/${token}/delete`);
  expect(asked.body).toContain('Delete everything about me');
  expect(await readerByEmail(db, email)).toBeDefined();
  const { body } = await open.app.inject(post(`/preferences/${token}/delete`));
  expect(body).toContain('You are deleted');
  for (const table of await tablesOfReaders()) {
    const rows = await db.pool.query(`select reader_id from ${table}`);
    expect([table, rows.rows.map((row) => row['reader_id'])]).toEqual([table, [id + 1]]);
  }
  for (const table of ['readers', 'notices', 'asks', 'suppressions'])
    expect(JSON.stringify((await db.pool.query(`select * from ${table}`)).rows)).not.toContain('ann@');
  expect(JSON.stringify((await db.pool.query('select * from departed_readers')).rows)).not.toContain('ann');
  for (const url of [`/preferences/${token}`, `/unsubscribe/old-${id}`, `/preferences/${token}/data.zip`])
    expect((await open.app.inject(url)).statusCode).toBe(404);
});

test('a suppression stays, and who was deleted may ask again', async () => {
  await db.run(sql`insert into suppressions (email, reason, at) values (${email}, 'bounced', ${at})`);
  await open.app.inject(post(`/preferences/${token}/delete`));
  expect(await db.rows(sql`select email from suppressions`)).toEqual([{ email }]);
  await db.run(sql`delete from suppressions`);
  await open.app.inject(post('/subscribe', { email, interests: '' }));
  expect((await open.mail()).map(({ to }) => to)).toEqual([email]);
});

test('a list that has the address does not bring them back', async () => {
  await open.app.inject(post(`/preferences/${token}/delete`));
  const readers = [email, 'new@readers.example'].map((one) => ({ email: one, interests: [], length: 5 }));
  expect(await addReaders(db, { readers, wording: 'import', at, hashOf: await departedHash(open.house) })).toBe(1);
  expect(await readerByEmail(db, email)).toBeUndefined();
});
