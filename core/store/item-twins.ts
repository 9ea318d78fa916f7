// What a source's new items may be under another name: stored items of the same name, address or number.
import { sql, type Queryable } from '../db.ts';
import type { NewItem } from './items.ts';
import { toJson } from '../storable.ts';

/** Guids that nothing is stored under, and those under which something else is stored than what is given. */
export interface UnsettledGuids {
  fresh: Set<string>;
  changed: Set<string>;
}

/** What of these items needs a second look: nothing where all are here as they were. */
export async function unsettledAmong(
  db: Queryable,
  sourceId: number,
  items: readonly Pick<NewItem, 'guid' | 'contentHash'>[],
): Promise<UnsettledGuids> {
  const given = toJson(items.map(({ guid, contentHash }) => ({ guid, contentHash })));
  const rows = await db.rows<{ guid: string; isFresh: boolean }>(sql`
    select given.guid, items.id is null as is_fresh
    from jsonb_to_recordset(${given}::jsonb) as given(guid text, "contentHash" text)
    left join items on source_id = ${sourceId} and items.guid = given.guid
    where items.content_hash is distinct from given."contentHash"`);
  const guidsOf = (isFresh: boolean) => new Set(rows.filter((row) => row.isFresh === isFresh).map(({ guid }) => guid));
  return { fresh: guidsOf(true), changed: guidsOf(false) };
}

/** A stored item that a given one may be. */
export interface Twin {
  /** The guid that was asked for. */
  given: string;
  guid: string;
  url: string;
  title: string;
  /** Its beginning. */
  text: string;
  keys: string[];
  publishedAt: Date;
  /** Whether its name begins alike, it is the only one with an identifier, or its address has the same numbers. */
  by: 'name' | 'key' | 'number';
}

export interface TwinQuestion {
  guid: string;
  /** What the name begins with, and what it would have been called before addresses were kept whole. */
  bases: string[];
  /** Identifiers that name one thing. */
  keys: string[];
  /** Its address without letters, null where that says nothing. */
  numbers: string | null;
}

/** So much of a text tells whether it is the same. */
export const comparedCharacters = 4000;
/** Addresses are spelled anew while an item is in its feed. */
const newest = 200;

/** The stored items that these may be, each with why. */
export function twinsOf(db: Queryable, sourceId: number, questions: readonly TwinQuestion[]): Promise<Twin[]> {
  const pairs = (pick: (question: TwinQuestion) => readonly string[]): string =>
    toJson(questions.flatMap((question) => pick(question).map((value) => ({ given: question.guid, value }))));
  return db.rows<Twin>(sql`
    with named as (select * from jsonb_to_recordset(${pairs(({ bases }) => bases)}::jsonb) as n(given text, value text)),
    keyed as (select * from jsonb_to_recordset(${pairs(({ keys }) => keys)}::jsonb) as k(given text, value text)),
    numbered as (
      select * from jsonb_to_recordset(${pairs(({ numbers }) => (numbers === null ? [] : [numbers]))}::jsonb) as m(given text, value text)),
    found as (
      select given, id, 'name' as by from named join items on source_id = ${sourceId} and guid = value
      union all
      select given, id, 'name' from named join items on source_id = ${sourceId}
        and strpos(guid, ' ¦ ') > 0 and split_part(guid, ' ¦ ', 1) = value
      union all
      -- What many things of a source share names none of them.
      select given, holders[1], 'key' from (
        select given, value, array(select id from items where keys @> array[value] and source_id = ${sourceId} limit 2) as holders
        from keyed) held
      where array_length(holders, 1) = 1
      union all
      select given, id, 'number' from numbered join (
        select id, url from items where source_id = ${sourceId} order by published_at desc limit ${newest}) recent
        on ${numbersIn(sql`recent.url`)} = value)
    select distinct on (given, id) given, guid, url, title, left(text, ${comparedCharacters}) as text, keys, published_at, by
    from found join items using (id)
    order by given, id, case by when 'name' then 1 when 'key' then 2 else 3 end`);
}

/** As `numbersOf` of workers/ingest/same-item.ts spells it. */
function numbersIn(url: ReturnType<typeof sql>) {
  return sql`btrim(regexp_replace(${url}, '[^0-9]+', ' ', 'g'))`;
}

/** The newest items of a source whose addresses have a fragment or parameters. */
export function itemsWithLongAddress(db: Queryable, sourceId: number): Promise<Pick<Twin, 'guid' | 'url' | 'keys'>[]> {
  return db.rows(sql`
    select guid, url, keys from (
      select guid, url, keys from items where source_id = ${sourceId} order by published_at desc limit 500) recent
    where url ~ '[?#]'`);
}

/** Gives stored items the longer address as an identifier, once another of the source has the shorter one too. */
export async function respellKeys(
  db: Queryable,
  sourceId: number,
  spellings: readonly { guid: string; from: string; to: string }[],
): Promise<void> {
  if (spellings.length === 0) return;
  await db.run(sql`
    update items set keys = array_replace(keys, s."from", s."to")
    from jsonb_to_recordset(${toJson(spellings)}::jsonb) as s(guid text, "from" text, "to" text)
    where source_id = ${sourceId} and items.guid = s.guid`);
}

/** Of these identifiers, those that one source gives to several of its items: they name none of them. */
export async function keysOfMany(db: Queryable, keys: readonly string[]): Promise<Set<string>> {
  const rows = await db.rows<{ key: string }>(sql`
    select key from unnest(${keys}::text[]) as key where exists (
      select 1 from items where keys @> array[key] group by source_id having count(*) > 1)`);
  return new Set(rows.map(({ key }) => key));
}
