// Items as anybody may know them, newest first, a page after the other.
import { sql, type Queryable } from '../db.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { isHeard } from './sources.ts';

export interface PublicItem {
  id: number;
  storyId: number | null;
  kind: StoryItemKind;
  title: string;
  url: string;
  sourceId: number;
  source: string;
  authors: string[];
  lang: string;
  keys: string[];
  publishedAt: Date;
}

/** Items below the number `before`, of one source where that is given. Numbers rise in the order of arrival. */
export function publicItems(
  db: Queryable,
  { before, limit, sourceId }: { before: number; limit: number; sourceId: number | undefined },
): Promise<PublicItem[]> {
  return db.rows<PublicItem>(sql`
    select items.id, story_id, items.kind, items.title, items.url, source_id, sources.title as source, authors, items.lang, keys, published_at
    from items
    join sources on sources.id = source_id and ${isHeard}
    left join story_items on item_id = items.id
    where items.id < ${before} and gone_at is null and items.kind <> 'digest'
      and (${sourceId ?? null}::int is null or source_id = ${sourceId ?? null}::int)
    order by items.id desc limit ${limit}`);
}
