// One domain whose server wants less for a while: it gets less, soon as much as before, and nobody else waits.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { slowDomain, slowDomains, speedUpDomains } from '../../../core/store/mail-pace.ts';
import { testDatabase } from '../../database.ts';
import { scene } from './misbehaving-scene.ts';
import { sendAt } from './sending-fixture.ts';

const isSlow = (recipient: string): boolean => recipient.endsWith('@slow.example');

/** After the first twenty, two thirds of the readers are at one domain, whose server wants less while `at.isIll`. */
async function slowScene(readers: number) {
  const at = { isIll: true };
  const scenery = await scene(
    ({ stage, recipient }) =>
      at.isIll && stage === 'recipient' && isSlow(recipient)
        ? { reply: '451 4.7.28 rate limit of this domain' }
        : undefined,
    { readers },
  );
  await scenery.db.run(sql`update readers set email = 'reader' || id || '@slow.example' where id > 20 and id % 3 <> 0`);
  const pace = async () =>
    (await scenery.db.row<{ perSecond: number }>(sql`select per_second from mail_paces where name = 'domain slow.example'`))?.perSecond; // prettier-ignore
  return { ...scenery, at, pace, asked: () => scenery.server.asked.filter(isSlow).length };
}

test('what is leased for it is not tried, and its pace is halved once a minute', async () => {
  const { db, issueId, ring, pace, asked } = await slowScene(150);
  await ring();
  expect(await countLedger(db, issueId)).toMatchObject({ submitted: 64, waiting: 86, failed: 0 });
  // Three that tell, and what ten conversations had under way.
  expect(asked()).toBeLessThan(40);
  expect(await pace()).toBe(2);
  await ring(1);
  expect(await pace()).toBe(1);
  await ring();
  expect(await pace()).toBe(1);
  expect(asked()).toBeLessThan(80);
});

test('a limit that lasts a few minutes costs a few minutes', async () => {
  const { db, issueId, ring, at, pace, asked } = await slowScene(150);
  for (let minute = 0; minute < 3; minute++) await ring(minute === 0 ? 0 : 1);
  expect(await pace()).toBe(0.5);
  at.isIll = false;
  for (let minute = 0; minute < 6; minute++) await ring(1);
  expect(await countLedger(db, issueId)).toMatchObject({ submitted: 150, waiting: 0, failed: 0 });
  expect(asked()).toBeLessThan(86 + 100);
});

test('where nothing else is left, it is still that domain and not the server', async () => {
  const { db, clock, ring } = await slowScene(60);
  await ring();
  await ring(2);
  await ring(2);
  expect(await db.rows(sql`select name from mail_paces where hold_until is not null`)).toEqual([]);
  expect(await slowDomains(db, clock.now)).toEqual(['slow.example']);
});

test('a slower pace puts nobody before the hour of their own clock, and wakes no full mailbox', async () => {
  const { db, ring } = await slowScene(30);
  const later = new Date(sendAt.getTime() + 5 * 3_600_000);
  await ring();
  await db.run(sql`update deliveries set next_try_at = ${later}, reason = null where reader_id = 28`);
  await db.run(sql`update deliveries set next_try_at = ${later}, reason = 'mailbox-for-now' where reader_id = 29`);
  await ring(1);
  await ring(1);
  expect(await db.rows(sql`select reader_id from deliveries where next_try_at = ${later} order by reader_id`)).toEqual([
    { readerId: 28 },
    { readerId: 29 },
  ]);
});

test('its pace is one for all processes: halved and doubled once a minute, forgotten after hours and when it is as asked', async () => {
  const db = await testDatabase();
  const after = (seconds: number): Date => new Date(sendAt.getTime() + seconds * 1000);
  const slow = (seconds: number) => slowDomain(db, { domain: 'a.example', why: '451', now: after(seconds) });
  const faster = (seconds: number, asked = 100) => speedUpDomains(db, { domains: ['a.example', 'b.example'], asked, now: after(seconds) }); // prettier-ignore
  expect(await Promise.all([slow(0), slow(0), slow(59)])).toEqual([
    { perSecond: 2, isNew: true },
    { perSecond: 2, isNew: false },
    { perSecond: 2, isNew: false },
  ]);
  for (let minute = 1; minute <= 9; minute++) await slow(60 * minute);
  expect((await slow(600)).perSecond).toBeCloseTo(1 / 60);
  expect(await faster(601)).toEqual([]);
  expect(await faster(660)).toEqual([{ domain: 'a.example', perSecond: expect.closeTo(1 / 30) }]);
  expect(await slowDomains(db, after(700))).toEqual(['a.example']);
  const hours = 7 * 3600;
  expect(await slowDomains(db, after(hours))).toEqual([]);
  expect(await slow(hours)).toEqual({ perSecond: 2, isNew: true });
  expect(await faster(hours + 60, 3)).toEqual([{ domain: 'a.example', perSecond: 3 }]);
  expect(await db.rows(sql`select name from mail_paces`)).toEqual([]);
});
