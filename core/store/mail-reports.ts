// What came back of letters: bounces and complaints, each once, and what they mean for a reader.
import { sql, type Database, type Queryable } from '../db.ts';
import { lockReader } from './reader-lock.ts';

export type ReportKind = 'hard' | 'soft' | 'refused' | 'complaint';

export interface MailReport {
  kind: ReportKind;
  /** "5.1.1", or "abuse". */
  status: string;
  at: Date;
}

/** Letters in a row that came back for now, before nothing is sent there any more. */
const mostSoft = 3;

/** Writes a report on a delivery down; true when it is new. Whose mailbox is gone, and who complains, gets no mail from now on. */
export function recordReport(db: Database, report: MailReport & { deliveryId: number }): Promise<boolean> {
  const { deliveryId, kind, status, at } = report;
  return db.transaction(async (tx) => {
    const delivery = await tx.row<{ readerId: number; issueId: number }>(sql`
      select reader_id, issue_id from deliveries where id = ${deliveryId}`);
    if (!delivery) return false;
    const { readerId, issueId } = delivery;
    await lockReader(tx, readerId);
    const isNew = await tx.run(sql`
      insert into mail_reports (reader_id, delivery_id, kind, status, at)
      values (${readerId}, ${deliveryId}, ${kind}, ${status}, ${at}) on conflict do nothing returning id`);
    if (isNew === 0) return false;
    const state = kind === 'complaint' ? 'complained' : 'bounced';
    await tx.run(sql`
      update deliveries set state = ${state}, changed_at = ${at}
      where id = ${deliveryId} and (state in ('submitted', 'unknown') or (state = 'bounced' and ${kind} = 'complaint'))`);
    // What came back was not shown: its stories may be new to the reader another time.
    if (state === 'bounced')
      await tx.run(sql`delete from exposures where reader_id = ${readerId} and issue_id = ${issueId}`);
    if (kind === 'hard' || kind === 'complaint' || (kind === 'soft' && (await isSoftForLong(tx, readerId))))
      await suppress(tx, { readerId, state, at });
    return true;
  });
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

/** The same for what a provider tells: of the letter with this Message-ID, else of the newest one to the address. */
export async function recordProviderReport(
  db: Database,
  { messageId, email, ...report }: MailReport & { messageId: string | null; email: string | null },
): Promise<boolean> {
  // A Message-ID begins with the name of its row: core/schema/0005_deliveries.sql.
  const id = Number(messageId?.slice('<delivery-'.length).split('.', 1)[0] ?? Number.NaN);
  const named = Number.isSafeInteger(id) && id < 2 ** 31 && (await db.row<{ id: number }>(sql`
    select id from deliveries where id = ${id} and message_id = ${messageId}`)); // prettier-ignore
  const found = named || (await db.row<{ id: number }>(sql`
    select deliveries.id from deliveries join readers on readers.id = reader_id
    where lower(readers.email) = ${email?.trim().toLowerCase() ?? ''} and state in ('submitted', 'unknown', 'bounced', 'complained')
    order by issue_id desc limit 1`)); // prettier-ignore
  return found ? recordReport(db, { deliveryId: found.id, ...report }) : false;
}

async function isSoftForLong(tx: Queryable, readerId: number): Promise<boolean> {
  const row = await tx.row<{ count: number }>(sql`
    select count(*)::int as count from (
      select id from deliveries where reader_id = ${readerId} and state in ('submitted', 'unknown', 'bounced', 'complained')
      order by issue_id desc limit ${mostSoft}) as last
    where exists (select 1 from mail_reports where delivery_id = last.id and kind = 'soft')`);
  return row!.count === mostSoft;
}

async function suppress(
  tx: Queryable,
  { readerId, state, at }: { readerId: number; state: 'bounced' | 'complained'; at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into suppressions (email, reason, at) select email, ${state}, ${at} from readers where id = ${readerId}
    on conflict do nothing`);
  await tx.run(sql`
    update readers set status = ${state}, changed_at = ${at}
    where id = ${readerId} and (status in ('active', 'paused') or (status = 'bounced' and ${state} = 'complained'))`);
}

/** How many letters of an issue came back, by kind. */
export function countReports(db: Queryable, issueId: number): Promise<{ kind: ReportKind; count: number }[]> {
  return db.rows<{ kind: ReportKind; count: number }>(sql`
    select kind, count(*)::int as count from mail_reports join deliveries on deliveries.id = delivery_id
    where issue_id = ${issueId} group by kind order by kind`);
}
