// Tables as they are after some years, filled by the database itself: what plans and pages are measured on.
import { sql, type Database, type Sql } from '../core/db.ts';

export interface Sizes {
  items: number;
  issues: number;
  /** Each gets the newest twenty issues: that many deliveries. */
  readers: number;
}

/** The stories of the draft, and of each issue before it. */
const storiesOfDraft = 300;
const storiesOfIssue = 100;
const topics = 300;
const sources = 200;
const issuesMailed = 20;

/** Ids by which to ask for something in the middle of it all. */
export interface Filled {
  draftId: number;
  sendingId: number;
  storyId: number;
  readerId: number;
}

/**
 * Fills empty tables: two and a half items a story, as many a week as issues tell; all issues sent but the newest, a
 * draft, and the one before it, which is being sent and ranked. Foreign keys are not looked at meanwhile.
 */
export async function fillTables(db: Database, { items, issues, readers }: Sizes, now: Date): Promise<Filled> {
  const stories = Math.floor(items / 2.5);
  const sendingId = issues - 1;
  const statements = [
    ...publications({ items, issues }, now),
    ...understanding({ items, stories }, now),
    ...issuesAndStories({ issues, stories }, now),
    ...mailing({ issues, readers, stories, sendingId }, now),
  ];
  await db.transaction(async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    for (const statement of statements) await tx.run(statement);
  });
  return { draftId: issues, sendingId, storyId: stories - 10, readerId: Math.ceil(readers / 2) };
}

function publications({ items, issues }: Pick<Sizes, 'items' | 'issues'>, now: Date): Sql[] {
  const minutes = Math.floor((issues * 7 * 24 * 60) / items);
  return [
    sql`insert into sources (kind, title, url, next_check_at)
      select case n % 10 when 0 then 'youtube' when 1 then 'arxiv' else 'feed' end, 'Source ' || n,
        'https://made-up.example/' || n, ${now}::timestamptz + interval '1 hour'
      from generate_series(1, ${sources}::int) as n`,
    sql`insert into items (source_id, guid, kind, url, keys, title, authors, text, published_at, created_at, content_hash, transcript_state)
      select 1 + n % ${sources}::int, 'guid-' || n, case n % 20 when 0 then 'video' when 1 then 'post' else 'paper' end,
        'https://made-up.example/items/' || n, array['url:made-up.example/items/' || n],
        'What was found about the matter number ' || n, array['Ada L.', 'Author ' || n % 5000],
        repeat('Words of item ' || n || ' that say nothing. ', 20),
        ${now}::timestamptz - (${items}::int - n) * ${minutes}::int * interval '1 minute',
        ${now}::timestamptz - (${items}::int - n) * ${minutes}::int * interval '1 minute',
        'hash-' || n, case n % 20 when 0 then 'ok' end
      from generate_series(1, ${items}::int) as n`,
    sql`insert into segments (item_id, position, start_s, text)
      select id, at, 60 * at, repeat('Part ' || at || ' of talk ' || id || '. ', 40)
      from items cross join generate_series(1, 10) as at where kind = 'video'`,
  ];
}

function understanding({ items, stories }: { items: number; stories: number }, now: Date): Sql[] {
  return [
    sql`insert into vector_sets (model, embedder, status, dimension, items) values ('m', 'embedded', 'in_use', 16, ${items})`,
    // Sixteen numbers each, 1 or -1.
    sql`insert into vectors (item_id, segment, model, vector)
      select id, segment, 'm', decode(replace(replace(translate(left(md5(id || ' ' || segment), 16),
        '0123456789abcdef', 'xxxxxxxxyyyyyyyy'), 'x', '0000803f'), 'y', '000080bf'), 'hex')
      from (select id, 0 as segment from items union all select item_id, position from segments) as texts`,
    sql`insert into topics (name, keywords, seen_at)
      select 'topic ' || n, array['word' || n, 'other' || n], ${now} from generate_series(1, ${topics}::int) as n`,
    sql`insert into stories (headline_item_id, topic_id, first_seen, changed_at)
      select items.id, 1 + n % ${topics}::int, published_at, published_at
      from generate_series(1, ${stories}::int) as n
      join items on items.id = 1 + ceil((n - 1) * 2.5)::int order by n`,
    sql`insert into story_items (item_id, story_id, why, placed_at)
      select id, least(${stories}::int, 1 + (2 * (id - 1)) / 5), 'first', published_at from items`,
    sql`insert into topic_weeks (topic_id, week, story_ids, centroid, model, found)
      select topics.id, date_trunc('week', ${now}::timestamptz)::date - 7 * n, '{1,2,3}', '\\x00', 'm', 3
      from topics cross join generate_series(0, 20) as n`,
    sql`insert into topic_events (week, topic_id, kind)
      select date_trunc('week', ${now}::timestamptz)::date - 7 * (id % 20), id, 'born' from topics`,
  ];
}

function issuesAndStories({ issues, stories }: { issues: number; stories: number }, now: Date): Sql[] {
  return [
    sql`insert into issues (number, slug, week, title, intro)
      select n, 'issue-' || n, date_trunc('week', ${now}::timestamptz)::date - 7 * (${issues}::int - n), 'Issue ' || n,
        repeat('The week in some words. ', 20)
      from generate_series(1, ${issues}::int) as n`,
    sql`insert into issue_stories (issue_id, story_id, section, position, role, summary, sentences, map_x, map_y)
      select issues.id, stories.id, case items.kind when 'paper' then 'publications' when 'video' then 'talks' else 'posts' end,
        at, case when at <= 6 then 'pick' else 'pool' end, array[repeat('One sentence of it. ', 4), 'Another one.'],
        jsonb_build_array(jsonb_build_object('text', 'Words', 'by', 'source', 'quote', 'Words', 'itemId', items.id,
          'segment', 0, 'start', 0, 'end', 5)), sin(at), cos(at * 3)
      from issues
      cross join lateral generate_series(1, case when number = ${issues}::int then ${storiesOfDraft}::int else ${storiesOfIssue}::int end) as at
      join stories on stories.id = greatest(1, ${stories}::int - ${storiesOfIssue}::int * (${issues}::int - issues.number) - at)
      join items on items.id = headline_item_id
      on conflict do nothing`,
    sql`update issues set status = case when number = ${issues}::int - 1 then 'sending' else 'sent' end,
        content = told.content, content_hash = 'hash-' || number, approved_by = 'Olga', approved_hash = 'hash-' || number,
        approved_at = week + interval '5 days', send_at = week + interval '5 days', sent_at = week + interval '5 days'
      from (
        select issue_id, jsonb_build_object('number', issue_id, 'slug', 'issue-' || issue_id, 'title', 'Issue ' || issue_id,
          'date', '2026-01-01', 'intro', repeat('The week in some words. ', 20),
          'sections', '[{"key":"publications","name":"Publications"},{"key":"talks","name":"Talks"},{"key":"posts","name":"Posts"}]'::jsonb,
          'cards', jsonb_agg(jsonb_build_object('storyId', story_id, 'number', position, 'section', issue_stories.section,
            'role', role, 'kind', items.kind, 'title', items.title, 'url', items.url, 'source', 'Source ' || items.source_id,
            'authors', items.authors, 'lang', 'en', 'topic', topics.name, 'minutes', null, 'summary', to_jsonb(summary),
            'also', jsonb_build_array(jsonb_build_object('label', 'talk on Source 1', 'url', items.url)), 'imageUrl', null,
            'place', jsonb_build_object('x', map_x, 'y', map_y)) order by position)) as content
        from issue_stories join stories on stories.id = story_id join items on items.id = headline_item_id
        join topics on topics.id = topic_id group by issue_id) as told
      where told.issue_id = issues.id and number < ${issues}::int`,
    sql`insert into audit (actor, action, subject, at)
      select 'Olga', 'move story ' || story_id, 'issue ' || issue_id, ${now} from issue_stories where position <= 20`,
  ];
}

function mailing(
  { issues, readers, stories, sendingId }: { issues: number; readers: number; stories: number; sendingId: number },
  now: Date,
): Sql[] {
  return [
    sql`insert into readers (email, status, token, created_at, confirmed_at)
      select 'reader' || n || '@made-up.example', case when n % 50 = 0 then 'unsubscribed' else 'active' end,
        'token-' || n, ${now}::timestamptz - interval '1 year', ${now}::timestamptz - interval '1 year'
      from generate_series(1, ${readers}::int) as n`,
    sql`insert into suppressions (email, reason) select email, 'bounced' from readers where id % 500 = 1`,
    sql`insert into deliveries (issue_id, reader_id, state, content_hash, story_ids, message_id, smtp_reply, changed_at)
      select issue, readers.id, case when issue = ${sendingId}::int then 'planned' else 'submitted' end, 'hash-' || issue,
        case when issue = ${sendingId}::int then '{}' else '{1,2,3,4,5,6,7,8,9,10,11,12}'::int[] end,
        '<m' || readers.id || '@made-up.example>', '250 ok', ${now}
      from generate_series(${issues - issuesMailed}::int, ${sendingId}::int) as issue cross join readers`,
    sql`update issues set ledger = '{"planned":1,"submitted":1,"failed":0,"unknown":0,"suppressed":0,"leased":0,"waiting":0}', ledger_at = ${now}
      where status in ('sending', 'sent')`,
    sql`insert into pick_reasons (words, used_on)
      select 'matches ''words ' || n || '''', ${now}::timestamptz::date from generate_series(0, 99) as n`,
    sql`insert into picks (issue_id, reader_id, content_hash, story_ids, whys, facet_words, facet_stories, facet_weights, ranker)
      select ${sendingId}::int, id, 'hash-' || ${sendingId}::int,
        array(select ${stories}::int - ${storiesOfIssue}::int - at from generate_series(1, 12) as at),
        array(select 8 * (1 + id % 100) + 1 from generate_series(1, 12)), array['words ' || id % 100],
        array(select ${stories}::int - 1000 - at from generate_series(1, 10) as at), array_fill(0.5::real, array[11]), 'made up'
      from readers where status = 'active'`,
    sql`insert into exposures (reader_id, story_id, issue_id, position, at)
      select readers.id, ${stories}::int - 200 - at, ${sendingId - 1}, at, ${now}::timestamptz - interval '7 days'
      from readers cross join generate_series(1, 4) as at`,
    sql`insert into clicks (reader_id, issue_id, story_id, at)
      select id, ${sendingId - 1}, ${stories}::int - 201, ${now}::timestamptz - interval '6 days' from readers`,
    sql`insert into signals (reader_id, story_id, kind, at)
      select id, ${stories}::int - id % 1000, case id % 3 when 0 then 'save' else 'click' end, ${now} from readers`,
    sql`insert into interests (reader_id, words) select id, 'words ' || id % 100 from readers`,
    sql`insert into notices (kind, email, mailbox, state) select 'confirm', email, email, 'submitted' from readers`,
  ];
}
