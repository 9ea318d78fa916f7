// What the gate takes for a sentence without a source.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { gatherFacts } from '../../../core/gate/gather-facts.ts';
import { titleOnly } from '../../../core/letter/title-only.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { testDatabase } from '../../database.ts';
import { seedIssue } from '../../services/seed-issue.ts';

test.each([
  ['what the product itself says of a source that gives a title only', titleOnly.post, []],
  ['what nobody wrote', 'Nobody wrote this.', ['Nobody wrote this.']],
])('%s', async (_what, words, found) => {
  const db = await testDatabase();
  const issueId = await seedIssue(db);
  await db.run(sql`update issue_stories set summary = ${[words]}, sentences = '[]' where story_id = 3`);
  const { unfounded } = await gatherFacts(db, { issueId, content: await loadIssueContent(db, issueId) });
  expect(unfounded.map(({ text }) => text)).toEqual(found);
});
