// Everything that is kept about a reader: handed out whole, or deleted but for a hash.
import { sql, type Queryable, type Transactional } from '../db.ts';
import { mailboxOf } from '../mail/mail-address.ts';
import { listConsents } from './subscriptions.ts';
import { lockReader } from './reader-lock.ts';

/** Tables by what a reader calls them; each is a list of plain objects. */
export type ReaderData = Record<string, readonly Record<string, unknown>[]>;

/** The queries that gather it; of every table that names a reader there is one, which a test counts. */
const parts = {
  subscription: (id: number) => sql`
    select email, status, length, every_issues, paused_until, timezone, lang, created_at, confirmed_at,
      feed_token is not null as has_private_feed from readers where id = ${id}`,
  consents: (id: number) =>
    sql`select event, wording, form, address as network, at, interests, wishes from consents where reader_id = ${id} order by id`,
  interests: (id: number) =>
    sql`select words, weight, created_at from interests where reader_id = ${id} order by created_at, words`,
  rules: (id: number) => sql`select effect, field, words, created_at from rules where reader_id = ${id} order by id`,
  signals: (id: number) => sql`
    select signals.kind, signals.at, story_id, title, url from signals
    join stories on stories.id = story_id left join items on items.id = headline_item_id
    where reader_id = ${id} order by signals.at, story_id, signals.kind`,
  answers: (id: number) => sql`
    select number as issue, chosen_id as rather, chosen_item.title as rather_title, other_id as than, other_item.title as than_title, pair_answers.at
    from pair_answers join issues on issues.id = issue_id
    left join stories as chosen_story on chosen_story.id = chosen_id left join items as chosen_item on chosen_item.id = chosen_story.headline_item_id
    left join stories as other_story on other_story.id = other_id left join items as other_item on other_item.id = other_story.headline_item_id
    where reader_id = ${id} order by number`,
  letters: (id: number) => sql`
    select number as issue, state, deliveries.changed_at as at, story_ids,
      (select array[pair_left, pair_right] from picks where pair_left is not null and picks.issue_id = deliveries.issue_id
        and picks.reader_id = deliveries.reader_id) as asked_about
    from deliveries join issues on issues.id = issue_id
    where reader_id = ${id} order by number`,
  shown: (id: number) => sql`
    select number as issue, story_id, position, exposures.at from exposures join issues on issues.id = issue_id
    where reader_id = ${id} order by number, position, story_id`,
  opened: (id: number) => sql`
    select number as issue, story_id, at, machine from clicks join issues on issues.id = issue_id where reader_id = ${id} order by at, clicks.id`,
  chosen: (id: number) => sql`
    select number as issue, place, story_id, kind, reason from picked join issues on issues.id = issue_id
    where reader_id = ${id} order by number, place`,
  reports: (id: number) => sql`
    select number as issue, kind, mail_reports.status, at from mail_reports
    join deliveries on deliveries.id = delivery_id join issues on issues.id = issue_id
    where mail_reports.reader_id = ${id} order by at, mail_reports.id`,
  brought: (id: number) => sql`select title, text, key, at from brought_works where reader_id = ${id} order by id`,
  numbers_asked: (id: number) => sql`select day, count from asked_numbers where reader_id = ${id} order by day`,
  proofs: (id: number) =>
    sql`select number as issue, asked_at from proofs join issues on issues.id = issue_id where reader_id = ${id} order by number`,
  told_to_others: (id: number) =>
    sql`select type, at, state from outgoing_hooks where reader_id = ${id} order by at, id`,
  address_change: (id: number) =>
    sql`select email as to, asked_at, old_at as agreed_at_old, new_at as agreed_at_new from address_changes where reader_id = ${id}`,
  mails: (id: number) => sql`select at, subject, words from reader_mails where reader_id = ${id} order by at, id`,
  reading_groups: (id: number) =>
    sql`select name, to_char(day, 'YYYY-MM-DD') as day, created_at from shortlists where reader_id = ${id} order by id`,
  put_on_group_lists: (id: number) => sql`
    select name, story_id, added_at, removed_at from shortlist_stories join shortlists on shortlists.id = shortlist_id
    where shortlist_stories.reader_id = ${id} order by added_at, shortlist_id, story_id`,
  links_ended: (id: number) =>
    sql`select why, ended_at from ended_tokens where reader_id = ${id} order by ended_at, token`,
} satisfies Record<string, (id: number) => ReturnType<typeof sql>>;

/** All of it. Tokens are left out: who has the file must not have the reader's links. */
export async function readerData(db: Queryable, readerId: number): Promise<ReaderData> {
  const data: ReaderData = {};
  for (const [name, query] of Object.entries(parts)) data[name] = await db.rows(query(readerId));
  return data;
}

/**
 * Deletes a reader with everything that names them, at once. `hashOf` is the installation's keyed hash. What counted them in
 * figures of issues stays a number. A suppression of the address stays: without it mail would go where it was refused.
 */
export function deleteReader(
  db: Transactional,
  { readerId, hashOf, at }: { readerId: number; hashOf: (text: string) => string; at: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockReader(tx, readerId);
    const reader = await tx.row<{ email: string }>(sql`select email from readers where id = ${readerId}`);
    if (!reader) return false;
    const consents = JSON.stringify([reader.email, await listConsents(tx, readerId)]);
    await tx.run(sql`
      insert into departed_readers (address_hash, consents_hash, at)
      values (${hashOf(reader.email)}, ${hashOf(consents)}, ${at})
      on conflict (address_hash) do update set consents_hash = excluded.consents_hash, at = excluded.at`);
    await tx.run(
      sql`delete from notices where email = ${reader.email} or detail->'readerId' = to_jsonb(${readerId}::int)`,
    );
    await tx.run(
      sql`delete from asks where email = ${reader.email} or detail->'readerId' = to_jsonb(${readerId}::int)`,
    );
    // What was written before there was a reader.
    await tx.run(sql`delete from reader_mails where mailbox = ${mailboxOf(reader.email)}`);
    await tx.run(sql`delete from readers where id = ${readerId}`);
    return true;
  });
}
