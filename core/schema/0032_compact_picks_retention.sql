-- Picks of twelve stories in 430 bytes instead of 1,190: 1,000,000 readers of an issue took 1.3 GB. Rows of before keep their shape and are read all the same.
create table pick_reasons (
  id integer generated always as identity primary key,
  words text not null unique,
  -- The last day on which something was chosen for this reason: it goes when its picks are gone.
  used_on date not null
);

alter table picks
  alter column stories drop not null,
  alter column profile drop not null,
  add column story_ids integer[],
  -- For each story eight times the reason's id, plus 1 for a personal pick, 2 for one that is updated, 4 for one to learn from.
  add column whys integer[],
  -- The profile: words of interests first, then stories; a weight for each of both.
  add column facet_words text[],
  add column facet_stories integer[],
  add column facet_weights real[],
  add constraint picks_one_shape check ((stories is null) <> (story_ids is null));
-- Those whose rules left nothing, which get no letter.
create index picks_empty on picks (issue_id, reader_id) where story_ids = '{}' or stories = '[]';

-- Every picked story as a row, whatever shape it is kept in.
create view picked as
select issue_id, reader_id, content_hash, place::int as place, story_id,
  case when why & 1 = 1 then 'personal' else 'editor' end as kind, words as reason,
  why & 2 = 2 as is_updated, why & 4 = 4 as is_exploring
from picks
cross join lateral unnest(story_ids, whys) with ordinality as chosen(story_id, why, place)
left join pick_reasons on pick_reasons.id = why >> 3
union all
select issue_id, reader_id, content_hash, place::int, (pick ->> 'storyId')::int, pick ->> 'kind', pick ->> 'reason',
  coalesce((pick ->> 'updated')::boolean, false), coalesce((pick ->> 'exploring')::boolean, false)
from picks
cross join lateral jsonb_array_elements(stories) with ordinality as chosen(pick, place);

create index clicks_by_time on clicks (at);
create index notices_by_time on notices (created_at);

-- What a story is in, and what was done to a subject: asked at the desk and by the finder of stories.
create index issue_stories_of_story on issue_stories (story_id);
create index audit_of_subject on audit (subject, id);

-- What arrived of late, whatever its date: asked after every reading.
create index items_created on items (created_at);
