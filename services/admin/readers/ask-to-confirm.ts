// An address that a curator typed or looks at -> a mail that asks its owner to confirm, at most one an hour.
import type { Queryable } from '../../../core/db.ts';
import { noticesTo, planNotice } from '../../../core/store/notices.ts';
import { mayReceive, recordRequest } from '../../../core/store/subscriptions.ts';
import { PageError } from '../../page-error.ts';
import { hourMs } from '../../../core/time.ts';

/** Writes the request down and plans the mail, under a lock that keeps a second one of the same moment waiting. */
export async function askToConfirm(
  tx: Queryable,
  { email, at, ...request }: { email: string; interests: string[]; wording: string; at: Date },
): Promise<void> {
  if (!(await mayReceive(tx, email)))
    throw new PageError(409, 'No mail may go to this address.', 'It bounced, complained, or was stopped here.');
  const since = new Date(at.getTime() - hourMs);
  if ((await noticesTo(tx, { kind: 'confirm', email, since })).length > 0)
    throw new PageError(409, 'A mail that asks them went out within the hour.', 'Wait until it had time to arrive.');
  await recordRequest(tx, { email, address: null, at, ...request });
  await planNotice(tx, { kind: 'confirm', email, at });
}
