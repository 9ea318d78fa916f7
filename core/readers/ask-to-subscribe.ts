// Somebody asks for the weekly issue: their request is written down, the same work for every address; the mailer decides what
// comes of it. `confirmReader`, `unsubscribeReader` and `resubscribeReader` (core/store/subscriptions.ts) are the steps after.
import type { Queryable } from '../db.ts';
import type { House } from '../house.ts';
import { recordAsk } from '../store/asks.ts';
import type { Amount } from '../store/readers.ts';

export interface SubscribeRequest {
  email: string;
  interests: readonly string[];
  /** How much and how often, as far as it was said. */
  wishes?: Partial<Amount>;
  /** What stood above the button; it is kept with the consent. */
  wording: string;
  /** The form of the site and its version; left out where it was none. */
  form?: string;
  /** An IP address, of which the network is kept. */
  address: string;
}

/** Writes the request down and enqueues the mail that asks back. */
export async function askToSubscribe(
  { db, queue, now }: Pick<House, 'db' | 'queue' | 'now'>,
  request: SubscribeRequest,
): Promise<void> {
  await noteSubscribeRequest(db, request, now());
  await queue.enqueue('notices.send', {});
}

/** The first half, for whoever has more to write with it in one transaction; enqueue `notices.send` after the commit. */
export function noteSubscribeRequest(db: Queryable, request: SubscribeRequest, at: Date): Promise<void> {
  const { email, interests, wishes = {}, wording, form, address } = request;
  return recordAsk(db, {
    kind: 'subscribe',
    email,
    detail: { interests: [...interests], wishes, wording, ...(form !== undefined && { form }) },
    address,
    at,
  });
}
