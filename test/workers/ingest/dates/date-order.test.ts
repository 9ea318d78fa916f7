// Dates of which only numbers are written: one order for a whole feed.
import { expect, test } from 'vitest';
import { settleDateOrder } from '../../../../workers/ingest/dates/date-order.ts';
import { parseFeed } from '../../../../workers/ingest/feed.ts';
import { rssOf } from '../read-into-store.ts';

const now = new Date('2026-10-03T12:00:00Z');

async function daysOf(...dates: string[]): Promise<string[]> {
  return daysIn(rssOf(dates.map((date, at) => ({ title: `Post ${at}`, date }))));
}

async function daysIn(text: string): Promise<string[]> {
  const feed = await parseFeed(text);
  settleDateOrder(feed, now);
  return feed.items.map(({ published }) => published!.toISOString().slice(0, 10));
}

test.each([
  ['one that can only be month-first decides', ['09/30/2026', '10/01/2026'], ['2026-09-30', '2026-10-01']],
  ['with times, and two digits of the year', ['9/30/26 16:15', '10/2/26 9:05'], ['2026-09-30', '2026-10-02']],
  ['one that can only be day-first decides, also against "PM"', ['30/09/2026', '02/10/2026 4:15 PM'], ['2026-09-30', '2026-10-02']],
  ['no date is after now', ['10/01/2026', '10/02/2026', '09/11/2026'], ['2026-10-01', '2026-10-02', '2026-09-11']],
  ['a weekday decides for all', ['Thu, 10/01/2026', '10/02/2026'], ['2026-10-01', '2026-10-02']],
  ['points as well', ['09.30.2026', '10.01.2026'], ['2026-09-30', '2026-10-01']],
  ['"PM" decides where nothing else does', ['01/02/2026 4:15 PM', '02/03/2026'], ['2026-01-02', '2026-02-03']],
  ['a tie: the day comes first', ['01/02/2026', '02/03/2026'], ['2026-02-01', '2026-03-02']],
  ['the order in which the feed is in order', ['05/09/2026', '03/07/2026', '02/11/2026', '01/05/2026'], ['2026-05-09', '2026-03-07', '2026-02-11', '2026-01-05']],
  ['the same, the day first', ['05/09/2026', '07/08/2026', '11/05/2026'], ['2026-09-05', '2026-08-07', '2026-05-11']],
  ['both orders for sure: the more frequent', ['09/30/2026', '09/29/2026', '28/09/2026', '10/01/2026'], ['2026-09-30', '2026-09-29', '2026-09-28', '2026-10-01']],
  ['dates that say their order are left alone', ['2026-02-01', '1 Feb 2026', '09/30/2026'], ['2026-02-01', '2026-02-01', '2026-09-30']],
])('%s', async (_name, dates, days) => {
  expect(await daysOf(...dates)).toEqual(days);
}); // prettier-ignore

test('the newest post of a feed is of the day on which the feed says that it changed', async () => {
  const text = rssOf(['03/05/2026', '02/05/2026', '01/05/2026'].map((date, at) => ({ title: `Post ${at}`, date })));
  const changed = (day: string) => text.replace('<item>', `<lastBuildDate>${day} 10:00:00 GMT</lastBuildDate><item>`);
  expect(await daysIn(text)).toEqual(['2026-05-03', '2026-05-02', '2026-05-01']);
  expect(await daysIn(changed('Thu, 05 Mar 2026'))).toEqual(['2026-03-05', '2026-02-05', '2026-01-05']);
  expect(await daysIn(changed('Sun, 03 May 2026'))).toEqual(['2026-05-03', '2026-05-02', '2026-05-01']);
});
