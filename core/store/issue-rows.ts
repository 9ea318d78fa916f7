// The rows of an issue that an edit may change, as they are, and put back as they were.
import { sql, type Queryable } from '../db.ts';
import type { IssueRows, IssueSide } from '../issue-diff.ts';
import { sealPool } from './issue-pool.ts';
import { toJson } from '../storable.ts';

interface Edited {
  issueId: number;
  storyIds: readonly number[];
}

/** These stories of an issue whole, and of the others where they stand: an edit may move them. */
export async function issueRows(tx: Queryable, { issueId, storyIds }: Edited): Promise<IssueRows> {
  const row = await tx.row<{ rows: IssueRows }>(sql`
    select jsonb_build_object(
      'opening', (select jsonb_build_object('issue', jsonb_build_object('title', title, 'intro', intro,
          'intro_is_markdown', intro_is_markdown,
          'preheader', preheader, 'number', number, 'dated', dated, 'opened_by', opened_by, 'lead_story_id', lead_story_id)) from issues where id = ${issueId}),
      'stories', coalesce((select jsonb_object_agg(story_id, case when story_id = any(${storyIds}::int[])
          then to_jsonb(issue_stories) else jsonb_build_object('position', position) end)
        from issue_stories where issue_id = ${issueId}), '{}'),
      'pool', coalesce((select jsonb_object_agg(story_id, to_jsonb(issue_pool)) from issue_pool
        where issue_id = ${issueId} and story_id = any(${storyIds}::int[])), '{}'),
      'labels', coalesce((select jsonb_object_agg(item_id, to_jsonb(section_labels)) from section_labels
        where item_id in (select headline_item_id from stories where id = any(${storyIds}::int[]))), '{}'),
      'editions', coalesce((select jsonb_object_agg(lang || ' ' || story_id, to_jsonb(edition_texts)) from edition_texts
        where issue_id = ${issueId} and story_id = any(${storyIds}::int[])), '{}')) as rows`);
  return row!.rows;
}

/** Makes the rows of one side of an edit what they were there; what is gone since (a story, an item) stays gone. */
export async function putRows(tx: Queryable, issueId: number, side: IssueSide): Promise<void> {
  const json = (rows: object | undefined): string => toJson(rows ?? {});
  const gone = (rows: Record<string, unknown> | undefined): number[] =>
    Object.entries(rows ?? {}).flatMap(([key, row]) => (row === null ? [Number(key)] : []));
  const { opening, stories, pool, labels, editions } = side;
  if (opening) await putOpening(tx, issueId, json(opening.issue ?? {}));
  await tx.run(sql`delete from issue_stories where issue_id = ${issueId} and story_id = any(${gone(stories)}::int[])`);
  await putStories(tx, issueId, json(stories));
  await tx.run(sql`delete from section_labels where item_id = any(${gone(labels)}::int[])`);
  await tx.run(sql`
    insert into section_labels (item_id, section, labelled_by, at)
    select items.id, l.value ->> 'section', l.value ->> 'labelled_by', (l.value ->> 'at')::timestamptz
    from jsonb_each(${json(labels)}::jsonb) as l join items on items.id = l.key::integer
    where l.value ? 'item_id' on conflict (item_id) do nothing`);
  await tx.run(sql`
    update section_labels as own set section = n.section, labelled_by = n.labelled_by, at = n.at
    from section_labels as old join jsonb_each(${json(labels)}::jsonb) as c on c.key = old.item_id::text
    cross join lateral jsonb_populate_record(old, c.value) as n
    where own.item_id = old.item_id and c.value <> 'null'`);
  if (editions) await putEditions(tx, issueId, { rows: json(editions), gone: Object.keys(editions).filter((key) => editions[key] === null) }); // prettier-ignore
  if (!pool) return;
  await tx.run(sql`delete from issue_pool where issue_id = ${issueId} and story_id = any(${gone(pool)}::int[])`);
  await tx.run(sql`
    insert into issue_pool select n.* from jsonb_each(${json(pool)}::jsonb) as c
    cross join lateral jsonb_populate_record(null::issue_pool, c.value) as n where c.value ? 'issue_id'
    on conflict (issue_id, story_id) do nothing`);
  await sealPool(tx, issueId);
}

async function putOpening(tx: Queryable, issueId: number, fields: string): Promise<void> {
  await tx.run(sql`
    update issues set title = n.title, intro = n.intro, intro_is_markdown = n.intro_is_markdown, preheader = n.preheader,
      number = n.number, dated = n.dated, opened_by = n.opened_by, lead_story_id = n.lead_story_id
    from issues as old cross join lateral jsonb_populate_record(old, ${fields}::jsonb) as n
    where issues.id = ${issueId} and old.id = issues.id`);
}

async function putStories(tx: Queryable, issueId: number, rows: string): Promise<void> {
  await tx.run(sql`
    update issue_stories as own set section = n.section, position = n.position, role = n.role, summary = n.summary,
      sentences = n.sentences, section_confidence = n.section_confidence, section_by = n.section_by,
      decided_by = n.decided_by, left_out_at = n.left_out_at, note = n.note, alt_text = n.alt_text, edited_by = n.edited_by
    from issue_stories as old
    join jsonb_each(${rows}::jsonb) as c on c.key = old.story_id::text and c.value <> 'null'
    cross join lateral jsonb_populate_record(old, c.value) as n
    where own.issue_id = ${issueId} and old.issue_id = own.issue_id and old.story_id = own.story_id`);
  await tx.run(sql`
    insert into issue_stories select n.* from jsonb_each(${rows}::jsonb) as c
    cross join lateral jsonb_populate_record(null::issue_stories, c.value) as n
    join stories on stories.id = n.story_id
    where c.value ? 'issue_id' on conflict (issue_id, story_id) do nothing`);
}

/** Texts of editions by "de 12". What a machine wrote there since gives way: it would be asked again. */
async function putEditions(
  tx: Queryable,
  issueId: number,
  { rows, gone }: { rows: string; gone: readonly string[] },
): Promise<void> {
  await tx.run(sql`
    delete from edition_texts where issue_id = ${issueId} and lang || ' ' || story_id = any(${gone}::text[])`);
  await tx.run(sql`
    update edition_texts as own set source_hash = n.source_hash, words = n.words, refused = n.refused, made_by = n.made_by,
      made_name = n.made_name, made_at = n.made_at, checked_by = n.checked_by, checked_at = n.checked_at
    from edition_texts as old
    join jsonb_each(${rows}::jsonb) as c on c.key = old.lang || ' ' || old.story_id and c.value <> 'null'
    cross join lateral jsonb_populate_record(old, c.value) as n
    where own.issue_id = ${issueId} and old.issue_id = own.issue_id and own.lang = old.lang and own.story_id = old.story_id`);
  await tx.run(sql`
    insert into edition_texts select n.* from jsonb_each(${rows}::jsonb) as c
    cross join lateral jsonb_populate_record(null::edition_texts, c.value) as n where c.value ? 'issue_id'
    on conflict (issue_id, lang, story_id) do nothing`);
}
