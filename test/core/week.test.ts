// Weeks go by the calendar where the issue is made: on the nights when clocks change too.
import { describe, expect, test } from 'vitest';
import { issueDay, nextTime, timeInWeek, weekGoingOut, weekOf } from '../../core/week.ts';

const hourMs = 3_600_000;

describe('the time in a week', () => {
  test.each([
    ['sun 06:00', '2027-03-22T00:00:00Z', 'UTC', '2027-03-28T06:00:00Z'],
    ['sat 07:00', '2027-03-22T00:00:00Z', 'Asia/Kolkata', '2027-03-27T01:30:00Z'],
    // Saturday there is still Friday in Greenwich.
    ['sat 07:00', '2027-11-26T09:00:00Z', 'Pacific/Apia', '2027-11-26T18:00:00Z'],
    // Left out: the clock goes from 02:00 to 03:00 on 28 March.
    ['sun 01:59', '2027-03-24T12:00:00Z', 'Europe/Berlin', '2027-03-28T00:59:00Z'],
    ['sun 02:30', '2027-03-24T12:00:00Z', 'Europe/Berlin', '2027-03-28T01:30:00Z'],
    ['sun 03:00', '2027-03-24T12:00:00Z', 'Europe/Berlin', '2027-03-28T01:00:00Z'],
    ['sun 02:30', '2027-03-12T12:00:00Z', 'America/St_Johns', '2027-03-14T06:00:00Z'],
    // Twice: the clock goes from 03:00 back to 02:00 on 31 October.
    ['sun 02:30', '2027-10-27T12:00:00Z', 'Europe/Berlin', '2027-10-31T00:30:00Z'],
    ['sun 02:30', '2027-10-31T02:00:00Z', 'Europe/Berlin', '2027-10-31T00:30:00Z'],
    ['sun 03:00', '2027-10-27T12:00:00Z', 'Europe/Berlin', '2027-10-31T02:00:00Z'],
    ['sun 01:30', '2027-11-04T12:00:00Z', 'America/St_Johns', '2027-11-07T04:00:00Z'],
    // No midnight: in Cairo the clock goes from 00:00 to 01:00 on Friday, 30 April, in Havana on Sunday, 14 March.
    ['fri 06:00', '2027-04-28T12:00:00Z', 'Africa/Cairo', '2027-04-30T03:00:00Z'],
    ['sun 00:30', '2027-03-10T12:00:00Z', 'America/Havana', '2027-03-14T05:30:00Z'],
    ['tue 06:00', '2028-02-29T20:00:00Z', 'Pacific/Apia', '2028-02-28T17:00:00Z'],
  ])('%s in the week around %s in %s is %s', (...[weekTime, at, zone, moment]) => {
    expect(timeInWeek(weekTime, new Date(at), zone)).toEqual(new Date(moment));
  });
});

describe('the next time', () => {
  test.each([
    // Seven times 24 hours after these, it is no longer, or not yet, the week after.
    ['sat 07:00', '2027-03-21T22:30:00Z', 'Europe/Berlin', '2027-03-27T06:00:00Z'],
    ['fri 06:00', '2027-03-08T04:30:00Z', 'America/New_York', '2027-03-12T11:00:00Z'],
    ['fri 06:00', '2027-03-08T03:00:00Z', 'America/St_Johns', '2027-03-12T09:30:00Z'],
    ['mon 00:00', '2027-10-24T22:30:00Z', 'Europe/Berlin', '2027-10-31T23:00:00Z'],
    ['sun 02:30', '2027-10-31T00:30:00Z', 'Europe/Berlin', '2027-10-31T00:30:00Z'],
    ['sun 02:30', '2027-10-31T00:45:00Z', 'Europe/Berlin', '2027-11-07T01:30:00Z'],
    ['sun 02:30', '2027-03-28T01:31:00Z', 'Europe/Berlin', '2027-04-04T00:30:00Z'],
  ])('of %s from %s in %s is %s', (...[weekTime, at, zone, moment]) => {
    expect(nextTime(weekTime, new Date(at), zone)).toEqual(new Date(moment));
  });

  // Sundays before changes of 2027 in these zones, and the ten days around them.
  const nights = ['2027-03-07', '2027-03-21', '2027-10-24', '2027-10-31'].map((day) => Date.parse(day));
  test.each(['Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kolkata', 'UTC'])(
    'leaves out no week from any time around a change in %s',
    (zone) => {
      for (const night of nights) {
        const hours = Array.from({ length: 10 * 12 }, (_, at) => new Date(night + 2 * at * hourMs));
        const waits = hours.map((at) => (nextTime('fri 06:00', at, zone).getTime() - at.getTime()) / hourMs);
        expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
        // Of a week that has 25 hours a day once.
        expect(Math.max(...waits)).toBeLessThan(169);
      }
    },
  );
});

test.each([
  ['2027-03-28T00:30:00Z', 'Europe/Berlin', '2027-03-22', '2027-w12', 167],
  ['2027-10-31T02:30:00Z', 'Europe/Berlin', '2027-10-25', '2027-w43', 169],
  ['2027-03-14T05:00:00Z', 'America/St_Johns', '2027-03-08', '2027-w10', 167],
  ['2027-03-28T12:00:00Z', 'Pacific/Apia', '2027-03-29', '2027-w13', 168],
  ['2028-02-29T12:00:00Z', 'Asia/Kolkata', '2028-02-28', '2028-w09', 168],
  ['2027-01-03T20:00:00Z', 'UTC', '2026-12-28', '2026-w53', 168],
])('the week around %s in %s starts on %s, is %s and has %i hours', (...[at, zone, monday, slug, hours]) => {
  const week = weekOf(new Date(at), zone);
  expect(week).toMatchObject({ monday, slug });
  expect((week.end.getTime() - week.start.getTime()) / hourMs).toBe(hours);
});

describe('the issue of a week', () => {
  const times = (DRAFT_AT: string, SEND_AT: string, TIMEZONE = 'UTC') => ({ DRAFT_AT, SEND_AT, TIMEZONE });

  test.each<[[string, string], string, string]>([
    [['fri 06:00', 'sat 07:00'], '2026-11-20T06:00:00Z', '2026-11-21'],
    [['wed 06:00', 'thu 07:00'], '2026-11-18T06:00:00Z', '2026-11-19'],
    // Drafted by hand, ahead of its time.
    [['fri 06:00', 'sat 07:00'], '2026-11-17T09:00:00Z', '2026-11-21'],
    // A weekend to look at it.
    [['fri 06:00', 'mon 07:00'], '2026-11-20T06:00:00Z', '2026-11-23'],
    // Late: its day is over, so it goes out today at the earliest.
    [['wed 06:00', 'thu 07:00'], '2026-11-20T06:00:00Z', '2026-11-20'],
  ])('drafted and sent at %j is, made on %s, dated %s', ([draftAt, sendAt], at, day) => {
    expect(issueDay(new Date(at), times(draftAt, sendAt))).toBe(day);
  });

  test('is dated by the calendar where it is made', () => {
    // Saturday there is still Friday in Greenwich.
    expect(issueDay(new Date('2026-11-19T20:00:00Z'), times('fri 06:00', 'sat 07:00', 'Pacific/Apia'))).toBe('2026-11-21'); // prettier-ignore
  });

  test.each([
    ['sat 07:00', '2026-11-21T06:00:00Z', '2026-11-16'],
    ['sat 07:00', '2026-11-23T06:00:00Z', '2026-11-23'],
    // What was drafted on Friday goes out on Monday; until the weekend nothing else does.
    ['mon 07:00', '2026-11-21T06:00:00Z', '2026-11-09'],
    ['mon 07:00', '2026-11-23T06:00:00Z', '2026-11-16'],
  ])('drafted on Friday to go out at %s: around %s that is the one of %s', (sendAt, at, monday) => {
    expect(weekGoingOut(new Date(at), times('fri 06:00', sendAt))).toBe(monday);
  });
});
