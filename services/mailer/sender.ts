// Who the mails are from: the environment, else the settings page, else a stand-in where mails only reach the outbox.
import type { Config } from '../../core/config.ts';
import { PermanentError } from '../../core/errors.ts';
import type { LoadedSettings } from '../../core/store/settings.ts';
import { parseMailbox, type Mailbox } from './mime.ts';

/** The sender; throws PermanentError when a mail server is set but no sender, or when the sender is no address. */
export function senderOf(
  config: Pick<Config, 'MAIL_FROM' | 'SMTP_URL'>,
  settings: Pick<LoadedSettings, 'mailFrom' | 'publication'>,
): Mailbox {
  const sender = config.MAIL_FROM ?? settings.mailFrom;
  if (sender !== undefined) return parseMailbox(sender);
  if (config.SMTP_URL === undefined) return { name: settings.publication, address: 'courant@localhost' };
  throw new PermanentError(
    'No mail leaves without a sender: enter one on the settings page of the desk (/desk/settings), or set MAIL_FROM="Courant <news@example.org>".',
  );
}

/** Whether what comes back of letters reaches this installation: then each has a sender of its own in its envelope. */
export function hasReturn({ INBOX_PORT, INBOX_DOMAIN }: Pick<Config, 'INBOX_PORT' | 'INBOX_DOMAIN'>): boolean {
  return INBOX_PORT !== undefined && INBOX_DOMAIN !== 'localhost';
}
