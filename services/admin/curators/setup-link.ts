// An installation that is not set up -> the link to its first-run page, printed where only its operator reads it.
import type { Queryable } from '../../../core/db.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { createToken } from '../../../core/crypto/one-time-token.ts';

/** Creates the link; the one printed before stops working. It lasts until the page is completed. */
export async function createSetupLink(db: Queryable, { deskUrl }: { deskUrl: string }): Promise<string> {
  const { token, tokenHash } = createToken();
  await saveSettings(db, { setupTokenHash: tokenHash });
  return `${deskUrl}/desk/setup/${token}`;
}
