// Readers: who gets mail, what they want, and the record of what they agreed to. pending -> active -> paused | unsubscribed.
import { randomBytes } from 'node:crypto';
import { prepared, sql, type Queryable, type Sql, type Transactional } from '../db.ts';
import type { WordsLang } from '../words-langs.ts';
import { toJson } from '../storable.ts';

export type ReaderStatus = 'pending' | 'active' | 'paused' | 'unsubscribed' | 'bounced' | 'complained';

/** Every issue, every second, every fourth. */
export const issueSteps = [1, 2, 4] as const;
export type EveryIssues = (typeof issueSteps)[number];

export interface Reader {
  id: number;
  email: string;
  status: ReaderStatus;
  token: string;
  length: number;
  /** That they chose; null: their browser's on pages, and that of the publication in mails. */
  lang: WordsLang | null;
  everyIssues: EveryIssues;
  /** Of a paused reader: when mail comes again by itself. */
  pausedUntil: Date | null;
  /** Null: that of the publication. */
  timezone: string | null;
  createdAt: Date;
  confirmedAt: Date | null;
  /** No mail goes to this address, whatever the status says. */
  isSuppressed: boolean;
}

const columns = sql`id, email, status, token, length, lang, every_issues, paused_until, timezone, created_at, confirmed_at,
  exists (select 1 from suppressions where suppressions.email = readers.email) as is_suppressed`;

/** A token for the links in a reader's mail: 192 bits, so that guessing one is hopeless. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The reader whose mail carries this token, or undefined. */
export function readerByToken(db: Queryable, token: string): Promise<Reader | undefined> {
  return db.row<Reader>(sql`select ${columns} from readers where token = ${token}`);
}

/** The reader with this address, or undefined. */
export function readerByEmail(db: Queryable, email: string): Promise<Reader | undefined> {
  return db.row<Reader>(sql`select ${columns} from readers where email = ${email}`);
}

/** The reader with this id, or undefined. */
export function readerById(db: Queryable, id: number): Promise<Reader | undefined> {
  return db.row<Reader>(sql`select ${columns} from readers where id = ${id}`);
}

/** Readers whose address holds these characters, the active ones first. */
export function findReaders(
  db: Queryable,
  part: string,
  limit: number,
): Promise<Pick<Reader, 'id' | 'email' | 'status'>[]> {
  return db.rows(sql`
    select id, email, status from readers where strpos(email, lower(${part})) > 0
    order by status <> 'active', id limit ${limit}`);
}

/** The readers who have been active longest, for proofs on the desk. */
export function listActiveReaders(db: Queryable, limit: number): Promise<Reader[]> {
  return db.rows<Reader>(prepared`
    select ${columns} from readers where status = 'active' order by id limit ${limit}`);
}

/** How many readers there are of each status. */
export async function countReaders(db: Queryable): Promise<Record<ReaderStatus, number>> {
  const rows = await db.rows<{ status: ReaderStatus; count: number }>(sql`
    select status, count(*)::int as count from readers group by status`);
  const none = { pending: 0, active: 0, paused: 0, unsubscribed: 0, bounced: 0, complained: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
}

/** How many readers an issue goes to that is sent now: active, and their address not suppressed. */
export async function countReached(db: Queryable): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from readers
    where status = 'active' and not exists (select 1 from suppressions where suppressions.email = readers.email)`);
  return row?.count ?? 0;
}

/**
 * Adds readers who need no confirmation (an import, the demo). Those whose address is known stay as they are, and who had
 * everything about them deleted is left out, told by `hashOf` (core/crypto/departed-hash.ts).
 */
export async function addReaders(
  db: Transactional,
  list: {
    readers: readonly { email: string; interests: string[]; length: number }[];
    wording: string;
    at: Date;
    hashOf?: (text: string) => string;
  },
): Promise<number> {
  const rows = list.readers.map((reader) => {
    const email = reader.email.toLowerCase();
    return { ...reader, email, token: newToken(), hash: list.hashOf?.(email) };
  });
  return db.transaction(async (tx) => {
    const added = await tx.rows<{ id: number; email: string }>(sql`
      insert into readers (email, token, length, status, created_at, confirmed_at, changed_at)
      select r.email, r.token, r.length, 'active', ${list.at}, ${list.at}, ${list.at}
      from jsonb_to_recordset(${toJson(rows)}::jsonb) as r(email text, token text, length integer, hash text)
      where r.hash is null or r.hash not in (select address_hash from departed_readers)
      on conflict (email) do nothing returning id, email`);
    const idOf = new Map(added.map(({ id, email }) => [email, id]));
    const wanted = rows.flatMap(({ email, interests }) =>
      idOf.has(email) ? interests.map((words) => ({ readerId: idOf.get(email), words })) : [],
    );
    await tx.run(sql`
      insert into interests (reader_id, words)
      select i."readerId", i.words from jsonb_to_recordset(${toJson(wanted)}::jsonb) as i("readerId" integer, words text)
      on conflict do nothing`);
    await tx.run(sql`
      insert into consents (reader_id, event, wording, at)
      select r.id, 'confirmed', ${list.wording}::text, ${list.at}
      from jsonb_to_recordset(${toJson(added)}::jsonb) as r(id integer)`);
    return added.length;
  });
}

/** How many stories a mail has, how often one comes, in which zone its times are told, and in which language. */
export type Amount = Pick<Reader, 'length' | 'everyIssues' | 'timezone' | 'lang'>;

/** Sets what is given of it; returns what it was. */
export function setAmount(
  db: Queryable,
  readerId: number,
  { length, everyIssues, timezone, lang, at }: { [Field in keyof Amount]?: Amount[Field] | undefined } & { at: Date },
): Promise<Amount | undefined> {
  return db.row<Amount>(sql`
    update readers set length = coalesce(${length ?? null}::int, before.length), changed_at = ${at},
      every_issues = coalesce(${everyIssues ?? null}::smallint, before.every_issues),
      timezone = case when ${timezone !== undefined}::boolean then ${timezone ?? null}::text else before.timezone end,
      lang = case when ${lang !== undefined}::boolean then ${lang ?? null}::text else before.lang end
    from (select id, length, every_issues, timezone, lang from readers where id = ${readerId} for update) as before
    where readers.id = before.id returning before.length, before.every_issues, before.timezone, before.lang`);
}

/** Pauses an active reader, until a time or until they resume, or resumes a paused one; any other status stays. */
export function setPaused(
  db: Queryable,
  readerId: number,
  { paused, until = null, at }: { paused: boolean; until?: Date | null; at: Date },
): Promise<number> {
  const from: ReaderStatus[] = paused ? ['active', 'paused'] : ['paused'];
  return db.run(sql`
    update readers set status = ${paused ? 'paused' : 'active'}, paused_until = ${paused ? until : null}, changed_at = ${at}
    where id = ${readerId} and status = any(${from}) returning id`);
}

/** Lets mail come again to those whose pause is over; returns how many. */
export function resumeDue(db: Queryable, now: Date): Promise<number> {
  return db.run(sql`
    update readers set status = 'active', paused_until = null, changed_at = ${now}
    where paused_until <= ${now} and status = 'paused' returning id`);
}

/**
 * Whether a reader gets this issue, as their row in `readers` says: who wants every second or fourth gets none while one of the
 * one or three before it went, or may have gone, to them.
 */
export function isTurnOf(issueId: number): Sql {
  return sql`(every_issues = 1 or not exists (
    select 1 from issues as this
    join issues as earlier on earlier.number < this.number and earlier.number > this.number - every_issues
    join deliveries on deliveries.issue_id = earlier.id and deliveries.reader_id = readers.id
    where this.id = ${issueId} and deliveries.state not in ('failed', 'suppressed')))`;
}
