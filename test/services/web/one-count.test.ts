// What pages tell of an issue, held against each other.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { openApp, testNow } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

test('every page tells one number of stories and one date of an issue, whenever it was sent and whatever its pool has', async () => {
  const { app, db } = await openApp();
  await seedSentIssue(db);
  await db.run(
    sql`update issues set content = content || '{"pool": {"count": 40, "hash": "h"}}', sent_at = '2026-11-24T09:00:00Z', send_at = '2026-11-24T09:00:00Z'`,
  );
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 5 }], wording: 'x', at: testNow }); // prettier-ignore
  const { token } = (await db.row<{ token: string }>(sql`select token from readers`))!;
  for (const path of ['/', '/issues', `/read/${token}`]) {
    const { body } = await app.inject(path);
    expect([path, body.includes('43 stories'), body.includes('Sat 21 Nov 2026')]).toEqual([path, true, true]);
  }
  expect((await app.inject('/issues/2026-w47')).body).toContain('Sat 21 Nov 2026');
  expect((await app.inject('/api/issues')).json()).toMatchObject({ issues: [{ stories: 43, date: '2026-11-21' }] });
});
