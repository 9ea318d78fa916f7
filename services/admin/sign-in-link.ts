// A curator -> a link that signs them in once.
import type { Queryable } from '../../core/db.ts';
import { addSignIn } from '../../core/store/curators.ts';
import { createToken } from './one-time-token.ts';

/** Creates the link; it opens a page with a button, since programs open links in mails too. */
export async function createSignInLink(
  db: Queryable,
  { curatorId, deskUrl, now, minutes }: { curatorId: number; deskUrl: string; now: Date; minutes: number },
): Promise<string> {
  const { token, tokenHash } = createToken();
  await addSignIn(db, { tokenHash, curatorId, expiresAt: new Date(now.getTime() + minutes * 60_000), now });
  return `${deskUrl}/desk/enter/${token}`;
}
