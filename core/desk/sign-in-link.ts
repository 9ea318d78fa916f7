// A curator -> a link that signs them in once.
import type { Database } from '../db.ts';
import { addLink, type NewLink } from '../store/sessions.ts';
import { createToken } from '../crypto/one-time-token.ts';

/** How long a mailed link opens, from when the mail was written. */
export const linkMinutes = 15;

/** Creates the link; it opens a page with a button, since programs open links in mails too. */
export async function createSignInLink(
  db: Database,
  { deskUrl, minutes, ...link }: Omit<NewLink, 'tokenHash' | 'expiresAt'> & { deskUrl: string; minutes: number },
): Promise<string> {
  const { token, tokenHash } = createToken();
  await addLink(db, { ...link, tokenHash, expiresAt: new Date(link.now.getTime() + minutes * 60_000) });
  return `${deskUrl}/desk/enter/${token}`;
}
