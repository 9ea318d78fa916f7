import { expect, it } from 'vitest';
import { sql } from '../../../core/db.ts';
import { startFilling } from '../../../core/store/vector-sets.ts';
import { seedIssue } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

it('the desk says how far the vectors are that will follow those in use, and nothing when none will', async () => {
  const { app, db, get } = await openDesk();
  await seedIssue(db);
  const before = await get('/desk/queues');
  expect(before.statusCode).toBe(200);
  expect(before.body).not.toContain('<progress');
  await startFilling(
    db,
    { model: 'embedded/next', embedder: 'embedded', dimension: 1, items: 2, fit: null },
    new Date(),
  );
  await db.run(
    sql`insert into vectors (item_id, segment, model, vector) values (1, 0, 'embedded/next', '\\x00000000')`,
  );
  const texts = await db.row<{ count: number }>(
    sql`select ((select count(*) from items) + (select count(*) from segments))::int as count`,
  );
  const { body } = await get('/desk/queues');
  expect(body).toContain(`Vectors are being made anew (embedded/next): 1 of ${texts!.count}.`);
  expect(body).toContain(`value="${Math.floor(100 / texts!.count)}"`);
  await app.close();
});

it('the page is sent again as it was made while nothing changed, and counts a job that came', async () => {
  const { get, house, clock } = await openDesk();
  // The first answer sets a cookie, and is kept for nobody.
  await get('/desk/queues');
  const first = (await get('/desk/queues')).body;
  clock.now = new Date(clock.now.getTime() + 3_000);
  // Made anew it would say another second.
  expect((await get('/desk/queues')).body).toBe(first);
  await house.queue.enqueue('boards.count', {});
  const { body } = await get('/desk/queues');
  expect(body).toContain('Counted at 12:00:03');
  expect(body).toMatch(/upkeep<\/th><td>keeps the tables quick<\/td><td class="number">1</);
});
