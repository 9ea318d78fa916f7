// The mail to a curator who wants to sign in, with a link that is made this moment.
import type { ComposeNotice } from '../compose-notice.ts';
import { createSignInLink, linkMinutes } from '../../desk/sign-in-link.ts';
import { curatorByEmail } from '../../store/curators.ts';

export const composeNotice: ComposeNotice = async ({ config, db, now }, { id, email, detail }, publication) => {
  const curator = await curatorByEmail(db, email);
  if (!curator) return undefined;
  const { browserHash, askedBy } = detail;
  const href = await createSignInLink(db, {
    curatorId: curator.id,
    deskUrl: config.DESK_URL,
    now: now(),
    minutes: linkMinutes,
    browserHash,
    askedBy,
    noticeId: id,
  });
  return {
    subject: `Sign in to the desk of ${publication}`,
    lines: [
      `This link signs you in once, within ${linkMinutes} minutes.`,
      ...(askedBy ? [`It was asked for in ${askedBy}; open it there.`] : []),
    ],
    action: { label: 'Sign in', href },
    note: 'If you did not ask for it, do nothing: without this mail nobody gets in.',
  };
};
