// The mail to who asked for the publication: confirm it, or you get it already.
import type { ComposeNotice } from '../compose-notice.ts';
import { linksOf } from '../links.ts';
import { readerByEmail } from '../store/readers.ts';
import { mayReceive } from '../store/subscriptions.ts';

export const composeNotice: ComposeNotice = async ({ config, db }, { email }, publication) => {
  const reader = await readerByEmail(db, email);
  if (!reader || !(await mayReceive(db, email))) return undefined;
  const href = linksOf(config.PUBLIC_URL).confirm(reader.token);
  if (reader.status === 'active' || reader.status === 'paused') {
    return {
      subject: `You already get ${publication}`,
      lines: [`Somebody, probably you, asked for ${publication} at this address, which gets it already.`],
      action: { label: 'Your subscription', href },
      note: 'If it was not you, do nothing: nothing changed.',
    };
  }
  return {
    subject: `Confirm your subscription to ${publication}`,
    lines: [
      `Somebody, probably you, asked for ${publication} at this address: one mail a week with the stories that matter to you.`,
      'It starts when you confirm.',
    ],
    action: { label: 'Confirm the subscription', href },
    note: 'If it was not you, do nothing: without the confirmation no mail follows.',
  };
};
