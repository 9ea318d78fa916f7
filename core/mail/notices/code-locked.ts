// The mail to a curator whose second factor is locked: somebody who had a sign-in link of theirs typed wrong codes.
import type { ComposeNotice } from '../compose-notice.ts';
import { curatorByEmail } from '../../store/curators.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { email, detail }, publication) => {
  if (!(await curatorByEmail(db, email))) return undefined;
  return {
    subject: `No code is taken for a while at the desk of ${publication}`,
    lines: [
      `Five wrong codes of your second factor were typed${detail.askedBy ? ` in ${detail.askedBy}` : ''}. No code is taken until ${String(detail['until'])}.`,
      'If that was you, try again then, or ask an owner of the desk to let you in before.',
      'If it was not you, somebody opened a sign-in link that was mailed to you: change the password of your mailbox, and tell an owner.',
    ],
    action: { label: 'The desk', href: `${config.DESK_URL}/desk/sign-in` },
    note: 'Nobody got in.',
  };
};
