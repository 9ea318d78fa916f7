// The pages behind teasers: which are due, what came of each, and whether a source allows it.
import type { Mention } from './mentions.ts';
import { sql, type Database, type Queryable, type Sql } from '../db.ts';
import { kindsThat } from '../source-kinds.ts';
import { toJson } from '../storable.ts';

/** An item whose source shows a teaser only. */
export interface DueFullText {
  itemId: number;
  url: string;
  contentHash: string;
  /** How long the teaser is. */
  length: number;
  tries: number;
}

/** What came of looking at the page; whatever it is, the teaser stays until there is better. */
export type FullText =
  | { state: 'ok'; url: string; html: string; text: string; mentions: string[]; links: Mention[] }
  | { state: 'none' | 'refused' | 'failed'; reason: string; nextAt: Date | null };

const mayTease = sql`sources.kind = any(${kindsThat((row) => row.mayTease === true)}::text[])`;
/** Longer than this is no teaser. */
const longestTeaser = 2_000;

const isDue = (now: Date): Sql =>
  sql`(full_texts.item_id is null or full_texts.content_hash <> items.content_hash or next_at <= ${now})`;

/** New posts of sources whose operator allows it: once for each state of the teaser, and again when a failure is due. */
export function dueFullTexts(db: Queryable, now: Date, limit: number): Promise<DueFullText[]> {
  return db.rows<DueFullText>(sql`
    select items.id as item_id, items.url, items.content_hash, length(items.text) as length,
      case when full_texts.content_hash = items.content_hash then tries else 0 end as tries
    from items
    join sources on sources.id = source_id and ${mayTease} and sources.status = 'active'
      and deleted_at is null
      and options ->> 'fullText' = 'true'
    left join full_texts on full_texts.item_id = items.id
    where items.kind in ('post', 'digest') and length(items.text) <= ${longestTeaser}
      and published_at > ${now}::timestamptz - interval '30 days'
      and ${isDue(now)}
    order by published_at desc, items.id limit ${limit}`);
}

/** Whether an item is as due as it was: another process may have read its page meanwhile. */
export async function isStillDue(db: Queryable, { itemId, contentHash, tries }: DueFullText): Promise<boolean> {
  const row = await db.row<{ isDue: boolean }>(sql`
    select items.content_hash = ${contentHash} and case when full_texts.content_hash = items.content_hash
      then full_texts.tries = ${tries} else ${tries} = 0 end as is_due
    from items left join full_texts on full_texts.item_id = items.id where items.id = ${itemId}`);
  return row?.isDue ?? false;
}

/** Records one try; a text that was got becomes the item's, unless the teaser has changed meanwhile. */
export async function saveFullText(
  db: Database,
  { due, result, at }: { due: DueFullText; result: FullText; at: Date },
): Promise<void> {
  const { itemId, contentHash } = due;
  const isOk = result.state === 'ok';
  await db.transaction(async (tx) => {
    await tx.run(sql`
      insert into full_texts (item_id, content_hash, state, url, reason, tries, next_at)
      values (${itemId}, ${contentHash}, ${result.state}, ${isOk ? result.url : null}, ${isOk ? null : result.reason},
        ${due.tries + 1}, ${isOk ? null : result.nextAt})
      on conflict (item_id) do update set content_hash = excluded.content_hash, state = excluded.state,
        url = excluded.url, reason = excluded.reason, tries = excluded.tries, next_at = excluded.next_at`);
    if (!isOk) return;
    const changed = await tx.run(sql`
      update items set text = ${result.text}, html = ${result.html}, updated_at = ${at},
        mentions = mentions || array(select word from unnest(${result.mentions}::text[]) as word
          where word <> all(mentions) and word <> all(keys))
      where id = ${itemId} and content_hash = ${contentHash}`);
    if (changed === 0) return;
    await tx.run(sql`
      insert into mentions (item_id, position, key, url, paragraph)
      select ${itemId}, one.position, one.value ->> 'key', one.value ->> 'url', one.value ->> 'paragraph'
      from jsonb_array_elements(${toJson(result.links)}::jsonb) with ordinality as one(value, position)
      where exists (select 1 from items where id = ${itemId} and kind = 'digest')
      on conflict (item_id, position) do update set key = excluded.key, url = excluded.url, paragraph = excluded.paragraph`);
    await tx.run(sql`delete from vectors where item_id = ${itemId}`);
    await tx.run(sql`
      update stories set changed_at = ${at} from story_items where item_id = ${itemId} and stories.id = story_id`);
  });
}

/** Allows or forbids the pages of a source's posts to be fetched; 0 when there is no such source, or it has no teasers. */
export function allowFullText(
  db: Queryable,
  { sourceId, isAllowed }: { sourceId: number; isAllowed: boolean },
): Promise<number> {
  return db.run(sql`
    update sources set options = case when ${isAllowed} then options || '{"fullText": true}' else options - 'fullText' end
    where id = ${sourceId} and ${mayTease}`);
}
