// Lists of readers to import: read and looked at first, added when a curator says yes, forgotten after a day.
import { sql, type Database, type Queryable } from '../db.ts';
import { newToken, type ReaderStatus } from './readers.ts';
import { toJson } from '../storable.ts';
import type { WordsLang } from '../words-langs.ts';
import { dayMs } from '../time.ts';

/** A reader of a list, whatever program wrote it. */
export interface ImportedReader {
  email: string;
  /** 'suppressed': that program sends nothing there, since it bounced, complained or was blocked. */
  status: 'active' | 'paused' | 'unsubscribed' | 'suppressed';
  interests: string[];
  length: number;
  /** ISO 8601; when they came, and when they agreed, where the list says so. */
  createdAt: string | null;
  agreedAt: string | null;
  /** The network they agreed from. */
  network: string | null;
  /** What the list says of how they agreed, or else of what they were there: "Mailchimp, confirmed". */
  wording: string;
  /** Whether these are words on how they agreed. */
  saysHow: boolean;
  /** In which they want their mails, where the list says so. */
  lang: WordsLang | null;
  /** What is kept of how they agreed: the words of the list, else those of whoever imports it. */
  consent?: string;
}

export interface ListProblem {
  line: number;
  what: string;
}

export interface ReaderImport {
  id: number;
  madeBy: string;
  at: Date;
  basis: string;
  rows: ImportedReader[];
  problems: ListProblem[];
}

/** What becomes of a list: how many are new by status, and how many are left as they are. */
export interface ImportOutlook {
  active: number;
  paused: number;
  unsubscribed: number;
  suppressed: number;
  known: number;
  /** To whose address no mail goes here, or who had everything about them deleted. */
  refused: number;
}

const keptMs = dayMs;

/** Keeps a list until a curator says yes; those of yesterday go. Returns its id. */
export async function keepImport(db: Queryable, list: Omit<ReaderImport, 'id'>): Promise<number> {
  const row = await db.row<{ id: number }>(sql`
    with old as (delete from reader_imports where at < ${new Date(list.at.getTime() - keptMs)})
    insert into reader_imports (made_by, at, basis, rows, problems)
    values (${list.madeBy}, ${list.at}, ${list.basis}, ${toJson(list.rows)}::jsonb, ${toJson(list.problems)}::jsonb) returning id`);
  return row!.id;
}

/** The list with this id; undefined when it was imported or is older than a day. */
export function importById(db: Queryable, { id, now }: { id: number; now: Date }): Promise<ReaderImport | undefined> {
  return db.row<ReaderImport>(sql`
    select id, made_by, at, basis, rows, problems from reader_imports where id = ${id} and at >= ${new Date(now.getTime() - keptMs)}`);
}

/** What would become of these rows now; `hashOf` tells who had everything about them deleted. */
export async function foresee(
  db: Queryable,
  { rows, hashOf }: { rows: readonly ImportedReader[]; hashOf: (text: string) => string },
): Promise<ImportOutlook> {
  const row = await db.row<ImportOutlook>(sql`
    with fate as (${fateOf(rows, hashOf)})
    select count(*) filter (where fate = 'active')::int as active, count(*) filter (where fate = 'paused')::int as paused,
      count(*) filter (where fate = 'unsubscribed')::int as unsubscribed,
      count(*) filter (where fate = 'suppressed')::int as suppressed, count(*) filter (where fate = 'known')::int as known,
      count(*) filter (where fate = 'refused')::int as refused from fate`);
  return row!;
}

/** What becomes of one address; `status` is what they are here by now. */
export interface ImportFate {
  email: string;
  fate: keyof ImportOutlook;
  status: ReaderStatus | null;
}

/** The same as `foresee`, row by row. */
export function fatesOf(
  db: Queryable,
  { rows, hashOf }: { rows: readonly ImportedReader[]; hashOf: (text: string) => string },
): Promise<ImportFate[]> {
  return db.rows<ImportFate>(sql`
    select fates.email, fate, readers.status from (${fateOf(rows, hashOf)}) as fates
    left join readers on readers.email = fates.email`);
}

/** Adds a list and takes it from those that wait, in one transaction; undefined when it is not there any more. */
export function takeImport(
  db: Database,
  { id, now, hashOf }: { id: number; now: Date; hashOf: (text: string) => string },
  record: (tx: Queryable, outlook: ImportOutlook) => Promise<void>,
): Promise<ImportOutlook | undefined> {
  return db.transaction(async (tx) => {
    const list = await importById(tx, { id, now });
    // Whoever deletes the row adds it: of two who press the button one does.
    if (!list || (await tx.run(sql`delete from reader_imports where id = ${id} returning id`)) === 0) return undefined;
    const { rows, basis } = list;
    const outlook = await foresee(tx, { rows, hashOf });
    await addRows(tx, { rows, basis, now, hashOf });
    await record(tx, outlook);
    return outlook;
  });
}

interface Adding {
  rows: readonly ImportedReader[];
  basis: string;
  now: Date;
  hashOf: (text: string) => string;
}

async function addRows(tx: Queryable, { rows, basis, now, hashOf }: Adding): Promise<void> {
  // Nobody agreed tomorrow: who is confirmed from then on only would get no letter until then, and nobody would know why.
  const past = (at: string | null): string | null => (at !== null && new Date(at) > now ? null : at);
  const listed = rows.map((row) => ({ ...row, createdAt: past(row.createdAt), agreedAt: past(row.agreedAt), token: newToken() })); // prettier-ignore
  const list = sql`jsonb_to_recordset(${toJson(listed)}::jsonb) as r(
    email text, token text, status text, interests jsonb, length integer, "createdAt" timestamptz, "agreedAt" timestamptz,
    network text, consent text, lang text)`;
  const added = await tx.rows<{ id: number; email: string }>(sql`
    insert into readers (email, token, status, length, lang, created_at, confirmed_at, changed_at)
    select r.email, r.token, case when r.status = 'suppressed' then 'unsubscribed' else r.status end, r.length, r.lang,
      coalesce(r."createdAt", r."agreedAt", ${now}), coalesce(r."agreedAt", r."createdAt", ${now}), ${now}
    from ${list} join (${fateOf(rows, hashOf)}) as fates on fates.email = r.email and fate in ('active', 'paused', 'unsubscribed', 'suppressed')
    on conflict (email) do nothing returning id, email`);
  const ids = toJson(added);
  const mine = sql`jsonb_to_recordset(${ids}::jsonb) as a(id integer, email text)`;
  await tx.run(sql`
    insert into interests (reader_id, words)
    select distinct a.id, left(words, 200) from ${mine} join ${list} on r.email = a.email
    cross join lateral jsonb_array_elements_text(r.interests) as words where words <> '' on conflict do nothing`);
  await tx.run(sql`
    insert into consents (reader_id, event, wording, address, at)
    select a.id, 'confirmed', left(coalesce(r.consent, ${basis}::text), 500), r.network, coalesce(r."agreedAt", r."createdAt", ${now})
    from ${mine} join ${list} on r.email = a.email`);
  await tx.run(sql`
    insert into consents (reader_id, event, wording, at)
    select a.id, 'unsubscribed', left(coalesce(r.consent, ${basis}::text), 500), ${now}
    from ${mine} join ${list} on r.email = a.email where r.status in ('unsubscribed', 'suppressed')`);
  await tx.run(sql`
    insert into suppressions (email, reason, at)
    select a.email, 'curator', ${now} from ${mine} join ${list} on r.email = a.email where r.status = 'suppressed' on conflict do nothing`);
}

/** Of each address of a list what becomes of it: known here, refused, or its status. */
function fateOf(rows: readonly ImportedReader[], hashOf: (text: string) => string) {
  const given = toJson(rows.map(({ email, status }) => ({ email, status, hash: hashOf(email) })));
  return sql`
    select g.email, case
      when exists (select 1 from readers where readers.email = g.email) then 'known'
      when exists (select 1 from suppressions where suppressions.email = g.email)
        or exists (select 1 from departed_readers where address_hash = g.hash) then 'refused'
      else g.status end as fate
    from jsonb_to_recordset(${given}::jsonb) as g(email text, status text, hash text)`;
}
