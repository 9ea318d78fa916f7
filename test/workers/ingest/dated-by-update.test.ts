// Atom asks only for `updated`: what a forge or a blog says so of at the first reading is news, what a built site says is not.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addSources } from '../../../core/store/sources.ts';
import { testDatabase } from '../../database.ts';
import { readIntoStore } from './read-into-store.ts';

const now = new Date('2026-03-20T06:00:00Z');
const hoursAgo = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();

function atomOf(times: string[]): string {
  const entries = times.map(
    (time, at) =>
      `<entry><id>tag:a.example:${at}</id><title>Release ${at} of the kettle</title><link href="https://a.example/${at}"/><updated>${time}</updated></entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><updated>${hoursAgo(0)}</updated>${entries.join('')}</feed>`;
}

test.each<[string, string[], boolean[]]>([
  ['releases of the last days are news, old ones are not', [hoursAgo(5), hoursAgo(50), hoursAgo(24 * 40)], [false, false, true]],
  ['a few that changed together are, too', [hoursAgo(5), hoursAgo(5), hoursAgo(5)], [false, false, false]],
  ['a site that dates all its pages by when it was built has none', Array<string>(12).fill(hoursAgo(1)), Array<boolean>(12).fill(true)],
])('%s', async (_name, times, want) => {
  const db = await testDatabase();
  await addSources(db, [{ kind: 'feed', title: 'A', url: 'https://a.example/feed' }]);
  await readIntoStore(db, atomOf(times), { sourceId: 1, now });
  const rows = await db.rows<{ isBackground: boolean }>(sql`
    select is_background from items order by substring(guid from '[0-9]+$')::int`);
  expect(rows.map(({ isBackground }) => isBackground)).toEqual(want);
}); // prettier-ignore
