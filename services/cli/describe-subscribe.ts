// The subscribe address -> whether its mails reach anybody; pure.
import type { Config } from '../../core/config.ts';

/** What the doctor says; throws where the address is set and nobody listens for its mails. */
export function describeSubscribe({
  MAIL_SUBSCRIBE,
  INBOX_PORT,
  INBOX_HOST,
}: Pick<Config, 'MAIL_SUBSCRIBE' | 'INBOX_PORT' | 'INBOX_HOST'>): string {
  if (MAIL_SUBSCRIBE === undefined) return 'off: nobody subscribes by a mail (MAIL_SUBSCRIBE)';
  if (INBOX_PORT === undefined)
    throw new Error(
      `MAIL_SUBSCRIBE is ${MAIL_SUBSCRIBE}, and nobody takes its mails. Set INBOX_PORT to the port they arrive at, or leave MAIL_SUBSCRIBE empty.`,
    );
  return `mails to ${MAIL_SUBSCRIBE} are taken at ${INBOX_HOST}:${INBOX_PORT}`;
}
