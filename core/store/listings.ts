// What is stored, seen from outside: rows in the words of docs/list.md, page by page, whatever is stored.
import { sql, type Queryable, type Sql } from '../db.ts';

export const listings = ['sources', 'items', 'stories', 'topics', 'issues', 'deliveries'] as const;
export type Listing = (typeof listings)[number];

/** An object of a list; its fields are those of docs/list.md. */
export type ListedRow = { id: number } & Record<string, unknown>;

interface Page {
  after: number;
  since: Date | undefined;
}

/** An item holds up to 0.6 MB of text. */
const pageSize = 100;

/**
 * The rows of a list by id, in pages of a hundred: each page is a query of its own, so that no list is held in memory
 * and nobody waits for it. `since` leaves out what is older, by the date that docs/list.md names for each list.
 */
export async function* pagesOf(
  db: Queryable,
  listing: Listing,
  { since }: { since?: Date | undefined } = {},
): AsyncGenerator<ListedRow[]> {
  for (let after = 0; ;) {
    const rows = await db.rows<ListedRow>(queries[listing]({ after, since }));
    if (rows.length > 0) yield rows;
    if (rows.length < pageSize) return;
    after = rows.at(-1)!.id;
  }
}

function onPage(id: Sql, dated: Sql, { after, since }: Page): Sql {
  return since === undefined ? sql`${id} > ${after}` : sql`${id} > ${after} and ${dated} >= ${since}`;
}

/** Secrets and headers are never in it. */
const sourcesPage = (page: Page): Sql => sql`
  select id, kind, title, url, home_url, section, language, muted, weight, interval_minutes, status, health, failures,
    last_error, note, moved_to, moved_times, moved_since, created_at, last_checked_at, last_success_at, next_check_at,
    (select count(*)::int from items where source_id = sources.id) as items
  from sources where deleted_at is null and ${onPage(sql`id`, sql`created_at`, page)} order by id limit ${pageSize}`;

const itemsPage = (page: Page): Sql => sql`
  select items.id, source_id, sources.url as source_url, guid, items.kind, items.url, items.title, authors, lang,
    published_at, items.created_at as added_at, updated_at, keys, mentions, categories, version, announced, withdrawn,
    gone_at is not null as gone, image_url, duration_s, transcript_state, airs_at,
    (select story_id from story_items where item_id = items.id) as story_id, text, html,
    (select coalesce(json_agg(json_build_object('startS', start_s, 'text', segments.text) order by position), '[]')
      from segments where item_id = items.id) as segments
  from items join sources on sources.id = source_id
  where ${onPage(sql`items.id`, sql`published_at`, page)} order by items.id limit ${pageSize}`;

const storiesPage = (page: Page): Sql => sql`
  select stories.id, headline.title as headline, headline_item_id, headline_by, topic_id, topics.name as topic,
    first_seen, changed_at,
    (select coalesce(json_agg(json_build_object('id', items.id, 'sourceId', source_id, 'guid', guid, 'title', title,
        'url', url, 'why', why) order by items.id), '[]')
      from story_items join items on items.id = item_id where story_id = stories.id) as items
  from stories left join items headline on headline.id = headline_item_id left join topics on topics.id = topic_id
  where ${onPage(sql`stories.id`, sql`first_seen`, page)} order by stories.id limit ${pageSize}`;

/** Topics that ended keep a row for their weeks and old addresses, and hold nothing to list. */
const topicsPage = (page: Page): Sql => sql`
  select id, name, named_by, keywords, created_at, seen_at,
    (select coalesce(json_agg(stories.id order by stories.id), '[]') from stories where topic_id = topics.id) as story_ids
  from topics where ${onPage(sql`id`, sql`seen_at`, page)}
    and exists (select 1 from stories where topic_id = topics.id) order by id limit ${pageSize}`;

const issuesPage = (page: Page): Sql => sql`
  select id, number, slug, week::text as week, status, title, intro, approved_by, approved_at, send_at, sent_at,
    created_at,
    (select coalesce(json_agg(json_build_object('storyId', story_id, 'section', section, 'role', role,
        'position', position, 'summary', summary) order by position, story_id), '[]')
      from issue_stories where issue_id = issues.id) as stories
  from issues where ${onPage(sql`id`, sql`created_at`, page)} order by id limit ${pageSize}`;

/** Of a response only its code, since servers repeat the address in its words; who a reader is, is not said at all. */
const deliveriesPage = (page: Page): Sql => sql`
  select id, issue_id, reader_id, state, attempts, next_try_at, changed_at, story_ids,
    substring(smtp_reply from '^[0-9]{3}') as reply_code
  from deliveries where ${onPage(sql`id`, sql`changed_at`, page)} order by id limit ${pageSize}`;

const queries: Record<Listing, (page: Page) => Sql> = {
  sources: sourcesPage,
  items: itemsPage,
  stories: storiesPage,
  topics: topicsPage,
  issues: issuesPage,
  deliveries: deliveriesPage,
};
