// What opens the letter: the same story for the draft's subject, its intro, the desk and the letter.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { leadOf } from '../../../core/letter/letter.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { setLead } from '../../../core/store/issue-edits.ts';
import { testDatabase } from '../../database.ts';
import { seedIssue } from '../../services/seed-issue.ts';

let db: Database;
let issueId: number;
const lead = async (): Promise<number | undefined> => leadOf(await loadIssueContent(db, issueId))?.storyId;

beforeEach(async () => {
  db = await testDatabase();
  issueId = await seedIssue(db);
});

test('the best of all picks opens it, though its section stands behind others', async () => {
  expect(await lead()).toBe(1);
  await db.run(sql`update issue_stories set position = 0 where story_id = 2`);
  expect(await lead()).toBe(2);
});

test('what a curator chose opens it, until that is no pick', async () => {
  await setLead(db, { issueId, storyId: 2, by: 'Olga' });
  expect(await lead()).toBe(2);
  await db.run(sql`update issue_stories set role = 'removed' where story_id = 2`);
  expect(await lead()).toBe(1);
});
