// The small issue, sent with a German edition, as pages of editions are tested on.
import { sql, type Database } from '../../../core/db.ts';
import { editionSections } from '../../../core/editions/edition-sections.ts';
import { saveDrafts } from '../../../core/store/edition-texts.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { openApp, testNow } from '../open-app.ts';
import { markSent, seedIssue } from '../seed-issue.ts';

/** The small issue sent with a German edition: of story 3 and of the opening nobody said anything; what was said of those `behind` is of other words. */
export async function openSent({ opening = false, behind = [] as number[] } = {}) {
  const opened = await openApp();
  const { db } = opened;
  const id = await seedIssue(db);
  await db.run(sql`update issue_stories set note = 'Read this.' where story_id in (1, 3)`);
  await translate(db, id, opening ? [0, 1, 2] : [1, 2]);
  await db.run(sql`update issue_stories set summary = '{"Newer words."}' where story_id = any(${behind}::int[])`);
  await markSent(db, id);
  return {
    ...opened,
    get: async (url: string, headers: Record<string, string> = {}) => opened.app.inject({ url, headers }),
  };
}

async function translate(db: Database, issueId: number, storyIds: readonly number[]): Promise<void> {
  const sections = editionSections(await loadIssueContent(db, issueId)).filter(({ storyId }) =>
    storyIds.includes(storyId),
  );
  const drafts = sections.map(({ storyId, hash, words }) => ({
    storyId,
    sourceHash: hash,
    words: Object.fromEntries(Object.entries(words).map(([field, text]) => [field, `Auf Deutsch ${text}`])),
    refused: null,
  }));
  await saveDrafts(db, { issueId, lang: 'de', name: 'tiny', at: testNow, drafts });
  await db.run(sql`update edition_texts set checked_by = 'Olga', checked_at = now() where story_id = 1`);
}
