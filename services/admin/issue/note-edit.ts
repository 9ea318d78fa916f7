// One edit of an issue: it brings the issue back to review, stands in the audit, and is ranked for the proofs.
import type { FastifyRequest } from 'fastify';
import type { Queryable } from '../../../core/db.ts';
import { followPicks } from '../../../core/desk/follow-picks.ts';
import { isTranslated } from '../../../core/editions/edition-langs.ts';
import type { House } from '../../../core/house.ts';
import { diffRows } from '../../../core/issue-diff.ts';
import { plural } from '../../../core/plural.ts';
import { logEdit } from '../../../core/store/edit-log.ts';
import { issueRows } from '../../../core/store/issue-rows.ts';
import { editIssue, issueById, type Issue } from '../../../core/store/issues.ts';
import { countReached } from '../../../core/store/readers.ts';
import { wordsIn } from '../../../core/words.ts';
import { AskFirst } from './ask-first.ts';
import { editorOf, note } from '../desk.ts';
import { deskTime } from '../desk-time.ts';

interface Edit {
  /** Of the issue. */
  id: number;
  /** Who edits, and whether they were asked. */
  request: FastifyRequest;
  action: string;
  before: unknown;
  after: unknown;
  /** What it is about; none for the opening. */
  storyIds?: readonly number[];
  /** Makes it; what it returns stands in the audit for `before` and `after`. */
  change: (tx: Queryable) => Promise<void | Pick<Edit, 'before' | 'after'>>;
}

/**
 * Makes the change, its line in the audit and what it takes to undo it in one transaction, then has the issue ranked.
 */
export async function noteEdit(house: House, { id, request, change, storyIds = [], ...entry }: Edit): Promise<void> {
  const { action } = entry;
  await editAsking(house, { id, request }, async (tx, { actor, at }) => {
    const before = await issueRows(tx, { issueId: id, storyIds });
    const audited = await followPicks(tx, { issueId: id, words: wordsIn(house.config.SITE_LANGUAGE) }, () =>
      change(tx),
    );
    const sides = diffRows(before, await issueRows(tx, { issueId: id, storyIds }));
    if (sides) await logEdit(tx, id, { storyIds: [...storyIds], actor, action, at, ...sides });
    await note(tx, editorOf(request), { ...entry, ...audited, subject: `issue ${id}`, at });
  });
}

/** Does the work under the lock of the issue, and has it ranked. Of an issue that is approved or scheduled it asks first: every edit takes that away. */
export async function editAsking(
  house: House,
  { id, request }: { id: number; request: FastifyRequest },
  work: (tx: Queryable, edit: { actor: string; at: Date }) => Promise<void>,
): Promise<void> {
  const { db, now, queue } = house;
  const { name: actor } = editorOf(request);
  await editIssue(db, id, async (tx) => {
    // Under the lock of the issue: nothing is approved between the question and the edit.
    await askBeforeUndoing(tx, { issue: await issueById(tx, id), request, timezone: house.config.TIMEZONE });
    await work(tx, { actor, at: now() });
  });
  await queue.enqueue('issue.rank', { issueId: id });
  if (isTranslated(house.config)) await queue.enqueue('issue.translate', { issueId: id });
}

/** The word with which a curator says yes to what was asked: it names the approval, so that it is no yes to a later one. */
export function saidAnyway({ body }: FastifyRequest, word: string): boolean {
  return typeof body === 'object' && body !== null && 'anyway' in body && body.anyway === word;
}

async function askBeforeUndoing(
  tx: Queryable,
  { issue, request, timezone }: { issue: Issue | undefined; request: FastifyRequest; timezone: string },
): Promise<void> {
  if (issue?.status !== 'approved' && issue?.status !== 'scheduled') return;
  const anyway = `${issue.approvedHash} ${issue.sendAt?.toISOString() ?? ''}`;
  if (saidAnyway(request, anyway)) return;
  const at = deskTime(issue.sendAt, timezone);
  const what = at
    ? `This issue goes out ${at} to ${plural(await countReached(tx), 'reader', 'readers')}. Change it all the same?`
    : 'This issue is approved. Change it all the same?';
  const todo = `The change takes away the approval by ${issue.approvedBy}${at ? ' and the time' : ''}: the issue must be approved${at ? ' and scheduled' : ''} again, or it does not go out.`;
  throw new AskFirst(what, { todo, anyway, button: 'Change it, back to review' });
}
