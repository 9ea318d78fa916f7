// What came back of letters: bounces and complaints, each once, and what they mean for a reader.
import { sql, type Database, type Queryable } from '../db.ts';
import { toJson } from '../storable.ts';

export type ReportKind = 'hard' | 'soft' | 'refused' | 'complaint';

interface MailReport {
  kind: ReportKind;
  /** "5.1.1", or "abuse". */
  status: string;
  at: Date;
}

/** Letters in a row that came back for now, before nothing is sent there any more. */
const mostSoft = 3;

type DeliveryReport = MailReport & { deliveryId: number };

/** Writes a report on a delivery down; true when it is new. */
export async function recordReport(db: Database, report: DeliveryReport): Promise<boolean> {
  return (await recordReports(db, [report])) > 0;
}

/**
 * Writes reports down, in four statements however many they are; returns how many were new. Whose mailbox is gone, and who
 * complains, gets no mail from now on.
 */
export function recordReports(db: Database, reports: readonly DeliveryReport[]): Promise<number> {
  return db.transaction((tx) => recordWithin(tx, reports));
}

/** Letters that a server put off until nobody tried any more, for their mailbox's sake: each a soft bounce. */
export async function recordExpired(
  tx: Queryable,
  { deliveryIds, at }: { deliveryIds: readonly number[]; at: Date },
): Promise<void> {
  await recordWithin(tx, deliveryIds.map((deliveryId) => ({ deliveryId, kind: 'soft', status: '4.4.7', at }))); // prettier-ignore
}

async function recordWithin(tx: Queryable, reports: readonly DeliveryReport[]): Promise<number> {
  const ids = reports.map(({ deliveryId }) => deliveryId);
  // In one order, so that two batches do not lock each other out.
  await tx.rows(sql`
    select 1 from readers where id in (select reader_id from deliveries where id = any(${ids}::int[])) order by id for update`);
  const recorded = await tx.rows<Recorded>(sql`
    insert into mail_reports (reader_id, delivery_id, kind, status, at)
    select reader_id, deliveries.id, kind, status, at
    from rows from (jsonb_to_recordset(${toJson(reports)}::jsonb)
      as ("deliveryId" integer, kind text, status text, at timestamptz)) with ordinality
      as r("deliveryId", kind, status, at, place)
    join deliveries on deliveries.id = r."deliveryId" order by place
    on conflict do nothing returning delivery_id, reader_id, kind, at`);
  if (recorded.length > 0) await settleReports(tx, recorded);
  return recorded.length;
}

interface Recorded {
  deliveryId: number;
  readerId: number;
  kind: ReportKind;
  at: Date;
}

/** What new reports mean for their letters, and for their readers. */
async function settleReports(tx: Queryable, recorded: readonly Recorded[]): Promise<void> {
  const rows = sql`jsonb_to_recordset(${toJson(recorded)}::jsonb)
    as recorded("deliveryId" integer, "readerId" integer, kind text, at timestamptz)`;
  // What came back was not shown: its stories may be new to the reader another time.
  await tx.run(sql`
    with letters as (
      select "deliveryId" as id, bool_or(kind = 'complaint') as complained, bool_or(kind <> 'complaint') as bounced, max(at) as at
      from ${rows} group by 1),
    changed as (
      update deliveries set state = case when complained then 'complained' else 'bounced' end, changed_at = letters.at
      from letters
      where deliveries.id = letters.id and (state in ('submitted', 'unknown') or (state = 'bounced' and complained)))
    delete from exposures using letters join deliveries on deliveries.id = letters.id
    where bounced and exposures.reader_id = deliveries.reader_id and exposures.issue_id = deliveries.issue_id`);
  await tx.run(sql`
    with gone as (
      select reader_id, complained, at from (
        select "readerId" as reader_id, bool_or(kind = 'complaint') as complained,
          bool_or(kind in ('hard', 'complaint')) as at_once, bool_or(kind = 'soft') as soft, max(at) as at
        from ${rows} group by 1) as ones
      where at_once or (soft and ${mostSoft} = (
        select count(*) from (
          select id from deliveries where reader_id = ones.reader_id
            and (state in ('submitted', 'unknown', 'bounced', 'complained') or (state = 'failed' and reason = 'expired'))
          order by issue_id desc limit ${mostSoft}) as last
        where exists (select 1 from mail_reports where delivery_id = last.id and kind = 'soft')))),
    suppressed as (
      insert into suppressions (email, reason, at)
      select email, case when complained then 'complained' else 'bounced' end, at
      from gone join readers on readers.id = reader_id
      on conflict do nothing)
    update readers set status = case when complained then 'complained' else 'bounced' end, changed_at = gone.at
    from gone
    where readers.id = reader_id and (status in ('active', 'paused') or (status = 'bounced' and complained))`);
}

/** The same for a reader who complains about a letter that names only its reader: the newest. */
export async function recordComplaint(
  db: Database,
  { readerId, status, at }: { readerId: number; status: string; at: Date },
): Promise<boolean> {
  const newest = await db.row<{ id: number }>(sql`
    select id from deliveries where reader_id = ${readerId} and state in ('submitted', 'unknown', 'bounced', 'complained')
    order by issue_id desc limit 1`);
  return newest ? recordReport(db, { deliveryId: newest.id, kind: 'complaint', status, at }) : false;
}

/** What a provider tells of a letter. */
export type ProviderReport = MailReport & { messageId: string | null; email: string | null };

/** The same for what a provider tells, all at once: of the letter with this Message-ID, else of the newest one to the address. */
export async function recordProviderReports(db: Database, reports: readonly ProviderReport[]): Promise<number> {
  const asked = reports.map(({ messageId, email }, place) => ({ place, id: idIn(messageId), messageId, email: email?.trim().toLowerCase() ?? '' })); // prettier-ignore
  const found = await db.rows<{ place: number; id: number }>(sql`
    select place, found.id
    from jsonb_to_recordset(${toJson(asked)}::jsonb) as asked(place integer, id integer, "messageId" text, email text)
    cross join lateral (
      (select id, 1 as choice from deliveries where id = asked.id and message_id = asked."messageId")
      union all
      (select deliveries.id, 2 from deliveries join readers on readers.id = reader_id
       where lower(readers.email) = asked.email and state in ('submitted', 'unknown', 'bounced', 'complained')
       order by issue_id desc limit 1)
      order by choice limit 1) as found
    order by place`);
  return recordReports(
    db,
    found.map(({ place, id }) => ({ ...reports[place]!, deliveryId: id })),
  );
}

/** A Message-ID begins with the name of its row: core/schema/0005_deliveries.sql. */
function idIn(messageId: string | null): number | null {
  const id = Number(messageId?.slice('<delivery-'.length).split('.', 1)[0] ?? Number.NaN);
  return Number.isSafeInteger(id) && id < 2 ** 31 ? id : null;
}

/** How many letters of an issue came back, by kind; what no server took did not. */
export function countReports(db: Queryable, issueId: number): Promise<{ kind: ReportKind; count: number }[]> {
  return db.rows<{ kind: ReportKind; count: number }>(sql`
    select kind, count(*)::int as count from mail_reports join deliveries on deliveries.id = delivery_id
    where issue_id = ${issueId} and state <> 'failed' group by kind order by kind`);
}
