// The two mails of a change of address, each with a link of its own that is made this moment.
import type { ComposeNotice } from './compose-notice.ts';
import { linksOf } from './links.ts';
import { createToken } from './one-time-token.ts';
import { keepMoveHash, type MoveSide } from './store/address-changes.ts';

/** Returns what composes the mail to one side. */
export function composeMove(side: MoveSide): ComposeNotice {
  return async ({ config, db }, { detail }, publication) => {
    const { readerId, moveTo: email } = detail;
    if (typeof readerId !== 'number' || typeof email !== 'string') return undefined;
    const { token, tokenHash } = createToken();
    if (!(await keepMoveHash(db, { readerId, email, side, tokenHash }))) return undefined;
    const asked =
      side === 'old'
        ? `${publication} is to go to ${email} instead of this address. It moves when both addresses agree.`
        : `Somebody, probably you, asked for ${publication} to go to this address from now on. It moves when the address it goes to today agrees, too.`;
    return {
      subject:
        side === 'old' ? `${publication} is to go to another address` : `${publication} is to come to this address`,
      lines: [asked],
      action: { label: 'Look at it and agree', href: linksOf(config.PUBLIC_URL).move(token) },
      note: 'If it was not you, do nothing: everything stays as it is.',
    };
  };
}
