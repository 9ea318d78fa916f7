// The address to which anybody may write to subscribe; pure.
import type { Config } from '../config.ts';

/** Undefined while it is off: nobody takes its mails where there is no listener. */
export function subscribeAddress({
  MAIL_SUBSCRIBE,
  INBOX_PORT,
}: Pick<Config, 'MAIL_SUBSCRIBE' | 'INBOX_PORT'>): string | undefined {
  return INBOX_PORT === undefined ? undefined : MAIL_SUBSCRIBE;
}
