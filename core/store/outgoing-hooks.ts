// Outgoing webhooks: events found in the rows that say that they happened, and how often each was tried.
import { sql, type Queryable } from '../db.ts';
import { hourMs } from '../time.ts';

export interface OutgoingHook {
  id: number;
  type: string;
  data: object;
  at: Date;
  attempts: number;
}

/**
 * Plans what happened since the last event, a day before it to be safe, three days back at most; before the first one, within
 * an hour. An event is planned once.
 */
export async function planHooks(db: Queryable, now: Date): Promise<void> {
  const row = await db.row<{ last: Date | null; first: Date | null }>(
    sql`select max(at) as last, min(created_at) as first from outgoing_hooks`,
  );
  const hoursAgo = (at: Date | null | undefined, hours: number): number => (at ?? now).getTime() - hours * hourMs;
  const since = Math.max(hoursAgo(row?.first, 1), hoursAgo(row?.last, 24), hoursAgo(now, 72));
  await db.run(sql`
    insert into outgoing_hooks (type, source, reader_id, data, at, created_at, next_try_at)
    select type, source, reader_id, data, at, ${now}, ${now} from (
      select consents.id, case event when 'unsubscribed' then 'reader.unsubscribed' else 'reader.subscribed' end as type,
        'consent ' || consents.id as source, reader_id,
        jsonb_build_object('readerId', reader_id, 'email', email, 'again', event = 'resubscribed') as data, at
      from consents join readers on readers.id = reader_id
      where event in ('confirmed', 'resubscribed', 'unsubscribed') and at > ${new Date(since)}
      union all
      select readers.id, 'reader.bounced', 'suppression ' || readers.id, readers.id,
        jsonb_build_object('readerId', readers.id, 'email', readers.email, 'reason', reason), at
      from suppressions join readers using (email)
      where reason in ('bounced', 'complained') and at > ${new Date(since)}
      union all
      select id, 'issue.sent', 'issue ' || id, null,
        jsonb_build_object('issueId', id, 'number', number, 'slug', slug, 'title', title, 'ledger', ledger), sent_at
      from issues where status = 'sent' and sent_at > ${new Date(since)}
    ) as happened order by at, type = 'issue.sent', type = 'reader.bounced', id
    on conflict (source) do nothing`);
}

/** What a hub is told: that a feed has something new. */
const ping = 'feed.published';

/** Plans that a hub is told of these feeds, once for each issue that the public may read since three days. */
export async function planPings(db: Queryable, { feeds, now }: { feeds: readonly string[]; now: Date }): Promise<void> {
  await db.run(sql`
    insert into outgoing_hooks (type, source, data, at, created_at, next_try_at)
    select ${ping}, 'hub ' || id || ' ' || feed, jsonb_build_object('url', feed), coalesce(send_at, sent_at), ${now}, ${now}
    from issues, unnest(${[...feeds]}::text[]) as feed
    where status in ('sending', 'sent') and coalesce(send_at, sent_at) > ${new Date(now.getTime() - 72 * hourMs)}
    order by id
    on conflict (source) do nothing`);
}

/** How long a hook is with one process: should it die, another tries again, and who gets it twice knows it by its id. */
const takenMs = 120_000;

/** To whom: another system of the operator's, or a hub. */
export type HookReceiver = 'webhook' | 'hub';

/** Takes up to `limit` hooks that are due, oldest first. */
export function takeHooks(
  db: Queryable,
  { to, now, limit }: { to: HookReceiver; now: Date; limit: number },
): Promise<OutgoingHook[]> {
  return db.rows<OutgoingHook>(sql`
    with next as materialized (
      select id from outgoing_hooks where state = 'planned' and next_try_at <= ${now} and (type = ${ping}) = ${to === 'hub'}
      order by id limit ${limit} for update skip locked)
    update outgoing_hooks set next_try_at = ${new Date(now.getTime() + takenMs)}
    from next where outgoing_hooks.id = next.id
    returning outgoing_hooks.id, type, data, at, attempts`);
}

/** Waits between tries, in seconds, as the specification proposes: some three days in all. */
const waits = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** Writes down what came of a try; after the last one, or where the other side wants no more of it, it has failed. */
export async function settleHook(
  db: Queryable,
  { id, attempts, answer, outcome, now }: { id: number; attempts: number; answer: string; outcome: 'sent' | 'refused' | 'gone'; now: Date }, // prettier-ignore
): Promise<void> {
  const wait = waits[attempts];
  const state = outcome === 'sent' ? 'sent' : outcome === 'gone' || wait === undefined ? 'failed' : 'planned';
  await db.run(sql`
    update outgoing_hooks set state = ${state}, attempts = attempts + 1, answer = ${answer.slice(0, 300)},
      next_try_at = ${new Date(now.getTime() + (wait ?? 0) * 1000)}
    where id = ${id} and state = 'planned'`);
}

/** Gives hooks back that were taken and not tried. */
export async function giveHooksBack(db: Queryable, { ids, now }: { ids: number[]; now: Date }): Promise<void> {
  await db.run(sql`update outgoing_hooks set next_try_at = ${now} where id = any(${ids}) and state = 'planned'`);
}
