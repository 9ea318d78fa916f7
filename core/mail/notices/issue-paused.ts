// The mail to owners and editors when the mail server does not take an issue.
import type { ComposeNotice } from '../compose-notice.ts';
import { curatorByEmail } from '../../store/curators.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { email, detail }, publication) => {
  if (!(await curatorByEmail(db, email))) return undefined;
  const { issueId = 0, why = 'It did not say why.' } = detail;
  return {
    subject: `An issue of ${publication} is paused: the mail server does not take it`,
    lines: [
      why,
      'No letter is lost: those that were not taken are still planned. Mend what the mail server says, then resume the issue at the desk.',
    ],
    action: { label: 'The issue at the desk', href: `${config.DESK_URL}/desk/issues/${issueId}` },
    note: 'You get this because you are an owner or editor.',
  };
};
