// The mail to owners and editors when an issue nears or passes its time and nobody approved it.
import type { ComposeNotice } from '../compose-notice.ts';
import { curatorByEmail } from '../store/curators.ts';
import { issueById } from '../store/issues.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { email, detail }, publication) => {
  const issue = detail.issueId === undefined ? undefined : await issueById(db, detail.issueId);
  // Who was removed needs no reminder, and neither does anybody once it is approved.
  if (!issue || !['draft', 'in_review'].includes(issue.status) || !(await curatorByEmail(db, email))) return undefined;
  const isOver = detail['isOver'] === true;
  return {
    subject: `No ${issue.number} of ${publication} ${isOver ? 'did not go out: nobody approved it' : 'waits for an approval'}`,
    lines: [
      isOver ? 'Its time has passed.' : `It is meant to go out at ${config.SEND_AT} (${config.TIMEZONE}).`,
      'Nothing goes out that no curator approved. Look at it, approve it and say when; readers get nothing until then.',
    ],
    action: { label: 'The issue at the desk', href: `${config.DESK_URL}/desk/issues/${issue.id}` },
    note: 'You get this because you are an owner or editor.',
  };
};
