// The mail to owners and editors when an issue nears or passes its time and nobody approved it.
import type { ComposeNotice } from '../compose-notice.ts';
import { curatorByEmail } from '../../store/curators.ts';
import { issueById } from '../../store/issues.ts';
import { loadSettings } from '../../store/settings.ts';
import { readableTime, timeInWeek } from '../../week.ts';

export const composeNotice: ComposeNotice = async ({ config, db, now }, { email, detail }, publication) => {
  const issue = detail.issueId === undefined ? undefined : await issueById(db, detail.issueId);
  if (!issue || !(await curatorByEmail(db, email))) return undefined;
  const action = { label: 'The issue at the desk', href: `${config.DESK_URL}/desk/issues/${issue.id}` };
  const note = 'You get this because you are an owner or editor.';
  if (detail['outcome'] !== undefined) return { ...outcomeText(issue.number, { detail, publication }), action, note };
  // Nobody needs a reminder once it is approved.
  if (!['draft', 'in_review'].includes(issue.status)) return undefined;
  const isOver = detail['isOver'] === true;
  const { whenForgotten } = await loadSettings(db);
  const sendAt = readableTime(timeInWeek(config.SEND_AT, now(), config.TIMEZONE), config.TIMEZONE);
  return {
    subject: `No ${issue.number} of ${publication} ${isOver ? 'did not go out: nobody approved it' : 'waits for an approval'}`,
    lines: [
      isOver ? 'Its time has passed.' : `It is meant to go out on ${sendAt} (${config.TIMEZONE}).`,
      (isOver ? isOverWords : aheadWords)[whenForgotten],
    ],
    action,
    note,
  };
};

/** What happens when nobody does anything, as an owner set it: before its time, and when that is over. */
const aheadWords = {
  wait: 'Look at it, approve it and say when; readers get nothing until then.',
  skip: 'Look at it, approve it and say when. If nobody does, it is skipped six hours after its time, as it is set at the desk.',
  send: 'Look at it, approve it and say when. If nobody does, it goes out as it was suggested six hours after its time, and says so, as it is set at the desk.',
} as const;
const isOverWords = {
  wait: 'Nothing goes out that no curator approved. Look at it, approve it and say when; readers get nothing until then.',
  skip: 'If nobody approves or edits it within six hours, this issue is skipped, as it is set at the desk.',
  send: 'If nobody approves or edits it within six hours, it goes out as it was suggested, and says so, as it is set at the desk.',
} as const;

function outcomeText(
  number: number,
  { detail, publication }: { detail: Record<string, unknown>; publication: string },
): { subject: string; lines: string[] } {
  if (detail['outcome'] === 'sent')
    return {
      subject: `No ${number} of ${publication} goes out as it was suggested`,
      lines: ['Nobody approved it in time, so it goes to readers as it was drafted, as it is set at the desk. Its first line says that no editor read it.'], // prettier-ignore
    };
  const why = typeof detail['why'] === 'string' && detail['why'] !== '' ? ` It was not sent as suggested: ${detail['why']}.` : ''; // prettier-ignore
  return {
    subject: `No ${number} of ${publication} was skipped`,
    lines: [
      `Nobody approved it in time, so readers get nothing this week.${why}`,
      'You may still approve and send it.',
    ],
  };
}
