// When letters go: in the hours of each reader's own clock, and no more a day than a new sender may.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { giveBackOfDay, takeOfDay } from '../../../core/store/mail-days.ts';
import { opensAt, readWindow } from '../../../core/mail/send-window.ts';
import { maxOn, readWarmUp } from '../../../core/mail/warm-up.ts';
import { createWarmUp } from '../../../services/mailer/warm-up.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { renderSample, sendAt, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;
let db: Database;
let server: MailServer;
beforeEach(async () => {
  db = await testDatabase();
  server = await startMailServer();
});
afterEach(() => server.stop());

const hoursLater = (hours: number) => new Date(sendAt.getTime() + hours * 3_600_000);
const taken = () => server.taken.map(({ to }) => to).toSorted();

async function open(readers: number, settings: Record<string, string>) {
  const { issueId } = await renderSample(db, { readers });
  const { house, clock } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org', ...settings });
  return {
    issueId,
    clock,
    send: async (hours: number): Promise<number> => {
      clock.now = hoursLater(hours);
      await sendIssue(house, issueId, never).catch(() => undefined);
      return server.taken.length;
    },
  };
}

describe('with MAIL_WINDOW=7-9', () => {
  test('each reader gets the letter in the morning of their own clock', async () => {
    const { send, issueId } = await open(4, { MAIL_WINDOW: '7-9' });
    await db.run(sql`
      update readers set timezone = (array[null, 'America/New_York', 'Asia/Tokyo', 'Nowhere/Else'])[id]`);
    // It is due at 07:00 UTC: 02:00 in New York, 16:00 in Tokyo.
    await send(0);
    expect(taken()).toEqual(['reader1@example.org', 'reader4@example.org']);
    expect(await send(4.9)).toBe(2);
    expect(await send(5)).toBe(3);
    expect(taken()).toContain('reader2@example.org');
    expect(await send(14.9)).toBe(3);
    expect(await send(15)).toBe(4);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 4, submitted: 4, waiting: 0 });
  });

  test.each<[string, string, string, string | null]>([
    ['7-10', 'Europe/Berlin', '2026-11-21T05:59:59Z', '2026-11-21T06:00:00.000Z'],
    ['7-10', 'Europe/Berlin', '2026-11-21T06:00:00Z', null],
    ['7-10', 'Europe/Berlin', '2026-11-21T09:00:00Z', '2026-11-22T06:00:00.000Z'],
    ['22-6', 'Europe/Berlin', '2026-11-21T22:00:00Z', null],
    ['22-6', 'Europe/Berlin', '2026-11-21T05:00:00Z', '2026-11-21T21:00:00.000Z'],
    // The hour from 2 to 3 is left out on this night; the clock goes from 2 to 3 at 01:00 UTC.
    ['2-3', 'Europe/Berlin', '2027-03-28T00:30:00Z', '2027-03-28T01:00:00.000Z'],
    ['7-10', 'Nowhere/Else', '2026-11-21T06:30:00Z', '2026-11-21T07:00:00.000Z'],
  ])('%s in %s at %s opens at %s', (hours, zone, ...[now, opens]) => {
    const found = opensAt(readWindow(hours)!, { zone, otherwise: 'UTC', now: new Date(now) });
    expect(found?.toISOString() ?? null).toBe(opens);
  });

  test.each(['7', '7-7', '24-3', '7-25', '-3', '7-10-12', 'seven-ten', ''])('"%s" is no window', (text) => {
    expect(readWindow(text)).toBeUndefined();
  });
});

describe('with a plan for the first days', () => {
  const plan = { MAIL_WARMUP: '2026-11-21 5 10' };

  test('no day gets more, and the day after the last as much as there is', async () => {
    const { send, issueId } = await open(30, plan);
    expect(await send(0)).toBe(5);
    expect(await send(10)).toBe(5);
    expect(await send(17)).toBe(15);
    expect(await send(30)).toBe(15);
    expect(await countLedger(db, issueId)).toMatchObject({ planned: 30, submitted: 15, waiting: 15 });
    expect(await send(41)).toBe(30);
  });

  test('what no server took is given back', async () => {
    const { send } = await open(30, { ...plan, SMTP_URL: 'smtp://127.0.0.1:1' });
    for (let hour = 0; hour < 3; hour++) expect(await send(hour)).toBe(0);
    expect(await db.rows(sql`select taken from mail_days`)).toEqual([{ taken: 0 }]);
  });

  test.each([
    ['550 at RCPT', 550],
    ['450 at RCPT', 450],
  ])('a letter that hears %s is none of the day', async (_what, code) => {
    const refused = ['reader2@example.org', 'reader3@example.org'];
    await server.stop();
    server = await startMailServer((to) => (refused.includes(to) ? { code } : {}));
    const { send } = await open(30, { ...plan, MAIL_CONNECTIONS: '1' });
    // Two that nobody took are for others of the same day.
    expect(await send(0)).toBe(5);
    expect(await send(1)).toBe(5);
    expect(await db.rows(sql`select taken from mail_days`)).toEqual([{ taken: 5 }]);
  });

  test('a letter of which the refusal is not believed is none of the day, and none of it twice', async () => {
    await server.stop();
    server = await startMailServer(() => ({ code: 554 }));
    const { send } = await open(30, { ...plan, MAIL_CONNECTIONS: '1' });
    expect(await send(0)).toBe(0);
    expect(await db.rows(sql`select taken from mail_days`)).toEqual([{ taken: 0 }]);
    expect(await db.rows(sql`select paused_by from issues`)).toEqual([{ pausedBy: 'Courant' }]);
  });

  test('what a process that was killed had taken is for the others of the day', async () => {
    const { send, issueId } = await open(30, plan);
    await db.run(sql`insert into mail_days (server, day, taken) values (${new URL(server.url).host}, '2026-11-21', 5)`);
    expect(await send(0)).toBe(5);
    // While letters are leased nobody knows who has how many in hand.
    await db.run(sql`update deliveries set state = 'leased', holder = 'other', lease_until = clock_timestamp() + interval '1 hour' where reader_id = 30`); // prettier-ignore
    await takeOfDay(db, { server: new URL(server.url).host, day: '2026-11-22', most: 10, wanted: 10 });
    expect(await send(20)).toBe(5);
    expect(await countLedger(db, issueId)).toMatchObject({ submitted: 5, leased: 1, waiting: 24 });
  });

  test('what was taken before midnight is no letter more of the day after', async () => {
    const { house, clock } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org', ...plan });
    const warmUp = createWarmUp(house);
    clock.now = new Date('2026-11-21T23:59:00Z');
    expect(await warmUp.take(9)).toBe(5);
    clock.now = new Date('2026-11-22T00:01:00Z');
    expect(await warmUp.take(6)).toBe(6);
    // Five are of the day before, and three of today.
    await warmUp.giveBack(8);
    expect(await warmUp.take(9)).toBe(7);
    expect(await warmUp.take(9)).toBe(0);
  });

  test('of what is left of a day each asker gets its part, and nobody more', async () => {
    const day = { server: 's', day: '2026-11-21' };
    const asked = Array.from({ length: 8 }, () => takeOfDay(db, { ...day, most: 50, wanted: 9 }));
    expect((await Promise.all(asked)).toSorted((a, b) => b - a)).toEqual([9, 9, 9, 9, 9, 5, 0, 0]);
    await giveBackOfDay(db, { ...day, count: 4 });
    // A plan that was made smaller meanwhile takes nothing back.
    expect(await takeOfDay(db, { ...day, most: 20, wanted: 9 })).toBe(0);
    expect(await takeOfDay(db, { ...day, most: 50, wanted: 9 })).toBe(4);
  });

  test.each<[string, string, number | null]>([
    ['2026-11-20T22:59:00Z', '2026-11-20', 0],
    ['2026-11-20T23:00:00Z', '2026-11-21', 5],
    ['2026-11-22T12:00:00Z', '2026-11-22', 10],
    ['2026-11-23T12:00:00Z', '2026-11-23', null],
  ])('in Berlin at %s it is %s: %s letters', (now, day, most) => {
    const warmUp = readWarmUp(plan.MAIL_WARMUP)!;
    expect(maxOn(warmUp, { now: new Date(now), timezone: 'Europe/Berlin' })).toEqual({ day, most });
  });

  test.each(['50', '2026-11-21', '2026-11-21 5 0', '2026-11-21 5 x', '2026-13-41 5', 'today 5'])(
    '"%s" is no plan',
    (text) => {
      expect(readWarmUp(text)).toBeUndefined();
    },
  );
});
