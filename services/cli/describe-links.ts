// The address in every mail -> whether mail programs will offer to unsubscribe by it; pure.
import type { Config } from '../../core/config.ts';

/** What the doctor says; throws when mails go out with links that mail programs refuse for one-click (RFC 8058, section 3.1). */
export function describeLinks({ PUBLIC_URL, SMTP_URL }: Pick<Config, 'PUBLIC_URL' | 'SMTP_URL'>): string {
  if (SMTP_URL && !PUBLIC_URL.startsWith('https:')) {
    throw new Error(
      `PUBLIC_URL is ${PUBLIC_URL}: mail programs offer to unsubscribe with one click only by https. Put the site behind https and set PUBLIC_URL to its address.`,
    );
  }
  return `mails lead to ${PUBLIC_URL}`;
}
