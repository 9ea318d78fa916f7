// Deadlines: when conferences close, as lists of them say.
import { prepared, sql, type Queryable } from '../db.ts';
import { toJson } from '../storable.ts';

export interface NewDeadline {
  /** Its name in its list. */
  key: string;
  title: string;
  year: number;
  /** Which of several it is, such as "Rebuttal". */
  label: string | null;
  dueAt: Date;
  abstractDueAt: Date | null;
  link: string | null;
  place: string | null;
  /** When the conference is, in words. */
  dates: string | null;
  subjects: string[];
  note: string | null;
}

export interface Deadline extends NewDeadline {
  id: number;
}

/** What a list says now. */
export interface DeadlineList {
  deadlines: readonly NewDeadline[];
  /** How the keys of entries that could not be read begin: what is known of them stays. */
  unreadKeys: readonly string[];
  /** One line for each of them. */
  refused: readonly string[];
}

/** Saves what a list says, by key; what it has dropped before it was due is deleted, what is past stays. */
export async function saveDeadlines(
  db: Queryable,
  sourceId: number,
  { deadlines, unreadKeys, refused, now }: DeadlineList & { now: Date },
): Promise<{ added: number; changed: number }> {
  const byKey = [...new Map(deadlines.map((deadline) => [deadline.key, deadline])).values()];
  const note = refused.length > 0 ? clipNote(`Not read: ${refused.join('; ')}`) : null;
  const counts = await db.row<{ added: number; changed: number }>(sql`
    with given as (
      select * from jsonb_to_recordset(${toJson(byKey)}::jsonb) as d(
        key text, title text, year integer, label text, "dueAt" timestamptz, "abstractDueAt" timestamptz, link text,
        place text, dates text, subjects jsonb, note text)
    ), noted as (
      update sources set note = case when ${note}::text is null and note not like 'Not read: %' then note else ${note} end
      where id = ${sourceId}
    ), dropped as (
      delete from deadlines
      where source_id = ${sourceId} and due_at > ${now} and key not in (select key from given)
        and not exists (select 1 from unnest(${unreadKeys}::text[]) as unread where starts_with(key, unread))
    ), saved as (
      insert into deadlines (source_id, key, title, year, label, due_at, abstract_due_at, link, place, dates, subjects, note)
      select ${sourceId}, key, title, year, label, "dueAt", "abstractDueAt", link, place, dates,
        array(select jsonb_array_elements_text(subjects)), note
      from given
      on conflict (source_id, key) do update set
        title = excluded.title, year = excluded.year, label = excluded.label, due_at = excluded.due_at,
        abstract_due_at = excluded.abstract_due_at, link = excluded.link, place = excluded.place,
        dates = excluded.dates, subjects = excluded.subjects, note = excluded.note
      where (deadlines.title, deadlines.year, deadlines.label, deadlines.due_at, deadlines.abstract_due_at,
          deadlines.link, deadlines.place, deadlines.dates, deadlines.subjects, deadlines.note)
        is distinct from (excluded.title, excluded.year, excluded.label, excluded.due_at, excluded.abstract_due_at,
          excluded.link, excluded.place, excluded.dates, excluded.subjects, excluded.note)
      -- A row nobody has updated has no xmax.
      returning xmax = 0 as added
    )
    select (count(*) filter (where added))::int as added, (count(*) filter (where not added))::int as changed
    from saved`);
  return counts!;
}

function clipNote(note: string): string {
  return note.length > 500 ? `${note.slice(0, 499)}…` : note;
}

/** Deadlines due since `since`, the next first; one that several lists have is shown once. */
export function listDeadlines(db: Queryable, since: Date): Promise<Deadline[]> {
  return db.rows<Deadline>(sql`
    select * from (
      select distinct on (lower(deadlines.title), year, label, due_at) deadlines.id, key, deadlines.title, year, label,
        due_at, abstract_due_at, link, place, dates, subjects, deadlines.note
      from deadlines join sources on sources.id = source_id and deleted_at is null
      where due_at >= ${since}
      order by lower(deadlines.title), year, label, due_at, deadlines.id) dated
    order by due_at, title, id limit 2000`);
}

/** True when there is a deadline to show at all. */
export async function hasDeadlines(db: Queryable): Promise<boolean> {
  const row = await db.row<{ found: boolean }>(prepared`select exists (
    select 1 from deadlines join sources on sources.id = source_id and deleted_at is null) as found`);
  return row!.found;
}
