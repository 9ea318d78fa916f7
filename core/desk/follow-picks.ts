// A proposed opening -> the same after the picks as an edit left them: no letter opens with what is not its lead any more, and what
// somebody wrote stays.
import { sql, type Queryable } from '../db.ts';
import type { Words } from '../words.ts';
import { writeOpens, writeSubject } from './write-intro.ts';

interface Proposed {
  subject: string | undefined;
  /** The sentence of the intro that names what leads; empty without a pick. */
  opens: string;
}

/** What a draft would propose for the picks of an issue as they are, the lead first. */
async function propose(tx: Queryable, issueId: number, words: Words): Promise<Proposed> {
  const picks = await tx.rows<{ title: string }>(sql`
    select coalesce(items.title, '') as title from issue_stories
    join issues on issues.id = issue_id join stories on stories.id = story_id join items on items.id = headline_item_id
    where issue_id = ${issueId} and role = 'pick' order by story_id is not distinct from lead_story_id desc, position, story_id`);
  const leads = picks.map(({ title }) => ({ items: [{ title }] as const }));
  return { subject: writeSubject({ leads }), opens: writeOpens(leads, words) };
}

/** Makes the change; a subject and an intro that nobody wrote, and that said what led before, say what leads after it. */
export async function followPicks<T>(
  tx: Queryable,
  { issueId, words }: { issueId: number; words: Words },
  change: () => Promise<T>,
): Promise<T> {
  const before = await propose(tx, issueId, words);
  const result = await change();
  const after = await propose(tx, issueId, words);
  if (before.opens === '' || after.opens === '' || before.opens === after.opens) return result;
  await tx.run(sql`
    update issues set title = case when title = ${before.subject ?? ''} then ${after.subject ?? ''} else title end,
      intro = case when starts_with(intro, ${before.opens}) then ${after.opens} || substr(intro, length(${before.opens}) + 1) else intro end
    where id = ${issueId} and opened_by is null`);
  return result;
}
