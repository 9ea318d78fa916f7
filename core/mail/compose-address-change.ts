// The two mails of a change of address, each with a link of its own that is made this moment.
import type { ComposeNotice } from './compose-notice.ts';
import { linksOf } from '../links.ts';
import { createToken } from '../crypto/one-time-token.ts';
import { keepAddressChangeHash, type AddressSide } from '../store/address-changes.ts';
import { readerById } from '../store/readers.ts';
import { wordsIn } from '../words.ts';

/** Returns what composes the mail to one side. */
export function composeAddressChange(side: AddressSide): ComposeNotice {
  return async ({ config, db }, { detail }, publication) => {
    const { readerId, moveTo: email } = detail;
    if (typeof readerId !== 'number' || typeof email !== 'string') return undefined;
    const lang = (await readerById(db, readerId))?.lang ?? config.SITE_LANGUAGE;
    const { say } = wordsIn(lang);
    const { token, tokenHash } = createToken();
    if (!(await keepAddressChangeHash(db, { readerId, email, side, tokenHash }))) return undefined;
    const isOld = side === 'old';
    return {
      lang,
      subject: say(isOld ? 'notice.moveOldSubject' : 'notice.moveNewSubject', { publication }),
      lines: [isOld ? say('notice.moveOldAsked', { publication, email }) : say('notice.moveNewAsked', { publication })],
      action: { label: say('notice.moveAction'), href: linksOf(config.PUBLIC_URL).move(token) },
      note: say('notice.moveNote'),
    };
  };
}
