// When an issue is proposed to go out, as the form for it has it.
import { expect, test } from 'vitest';
import { hashContent } from '../../../../core/content-hash.ts';
import { sql } from '../../../../core/db.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { seedIssue } from '../../seed-issue.ts';
import { everyReason } from '../every-reason.ts';
import { openDesk } from '../open-desk.ts';

test('at the time of letters, and where its own has passed on the next day, not at that of the next issue', async () => {
  const { send, get, db } = await openDesk('editor', { SEND_AT: 'thu 07:00' });
  const id = await seedIssue(db);
  const proposed = async (date: string) => {
    await db.run(sql`update issues set dated = ${date}::date where id = ${id}`);
    const hash = hashContent(await loadIssueContent(db, id));
    await send(`/desk/issues/${id}/approve`, { hash, ...everyReason });
    return /name="sendAt" type="datetime-local" value="([^"]*)"/.exec((await get(`/desk/issues/${id}`)).body)![1];
  };
  // It is Friday noon.
  expect(await proposed('2026-11-26')).toBe('2026-11-26T07:00');
  expect(await proposed('2026-11-19')).toBe('2026-11-21T07:00');
});
