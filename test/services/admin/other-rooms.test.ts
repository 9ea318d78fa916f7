// The rooms beside the issues: sources, readers, queues; and that opening a page changes nothing.
import { describe, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { testNow } from '../open-app.ts';
import { seedIssue, stateOf } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

describe('the other rooms', () => {
  test('a source is added once, read now, and a broken one says why', async () => {
    const { send, get, enqueued, db } = await openDesk();
    expect((await get('/desk/sources')).body).toContain('No source yet.');
    expect((await send('/desk/sources', { kind: 'arxiv', address: 'cs.CL' })).headers.location).toContain('said=added');
    expect((await send('/desk/sources', { kind: 'arxiv', address: 'cs.CL' })).headers.location).toContain('said=known');
    expect(await enqueued()).toEqual(['sources.check {"shard":0}']);
    await db.run(
      sql`update sources set health = 'broken', failures = 3, last_error = 'answered 404 <b>', next_check_at = '2027-01-01'`,
    );
    const { body } = await get('/desk/sources');
    expect(body).toContain('answered 404 &lt;b&gt;');
    expect(body).toContain('(3 times in a row)');
    await send('/desk/sources/1/check');
    expect((await db.row<{ nextCheckAt: Date }>(sql`select next_check_at from sources`))?.nextCheckAt).toEqual(testNow);
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'not an address', 'https://user:secret@host.example/'])(
    'the address %s is refused',
    async (address) => {
      const { send, db } = await openDesk();
      expect((await send('/desk/sources', { kind: 'feed', address })).statusCode).toBe(400);
      expect(await db.rows(sql`select 1 from sources`)).toEqual([]);
    },
  );

  test('readers are counted by status, and jobs by queue', async () => {
    const { get, db, house } = await openDesk();
    await addReaders(db, { readers: [{ email: 'a@b.example', interests: [], length: 5 }], wording: 't', at: testNow });
    const readers = await get('/desk/readers');
    expect(readers.body).toContain('>Active 1</a>');
    await house.queue.enqueue('notices.send', {});
    expect((await get('/desk/queues')).body).toMatch(
      /notices<\/th><td>sends confirmations and sign-in links<\/td><td class="number">1</,
    );
  });

  test('opening every page of the desk changes nothing', async () => {
    const { get, db } = await openDesk('owner');
    const id = await seedIssue(db);
    const before = await stateOf(db);
    for (const path of [
      '',
      `/issues/${id}`,
      `/issues/${id}?reader=1`,
      `/issues/${id}/letter`,
      '/sources',
      '/curators',
      '/curators?said=added',
      '/curators/1/remove',
      '/settings',
      '/settings?said=saved',
      '/readers',
      '/queues',
      '/draft',
      `/issues/${id}/approve`,
    ]) {
      await get(`/desk${path}`);
    }
    expect(await stateOf(db)).toBe(before);
  });
});
