-- A reason is a code with what it names; the words are made where it is shown, in the reader's language. Reasons of before keep their words.
alter table pick_reasons
  alter column words drop not null,
  -- {"code": "matches", "words": "speech"}
  add column reason jsonb unique,
  add constraint pick_reasons_one_form check ((words is null) <> (reason is null));

-- Interests of the reader that no story of the issue had anything on; null for picks of before.
alter table picks add column unmet text[];

drop view picked;
create view picked as
select issue_id, reader_id, content_hash, place::int as place, story_id,
  case when why & 1 = 1 then 'personal' else 'editor' end as kind,
  coalesce(reason, case when words is not null then jsonb_build_object('code', 'written', 'words', words) end) as reason,
  why & 2 = 2 as is_updated, why & 4 = 4 as is_exploring
from picks
cross join lateral unnest(story_ids, whys) with ordinality as chosen(story_id, why, place)
left join pick_reasons on pick_reasons.id = why >> 3
union all
select issue_id, reader_id, content_hash, place::int, (pick ->> 'storyId')::int, pick ->> 'kind',
  case when pick ->> 'reason' is not null then jsonb_build_object('code', 'written', 'words', pick ->> 'reason') end,
  coalesce((pick ->> 'updated')::boolean, false), coalesce((pick ->> 'exploring')::boolean, false)
from picks
cross join lateral jsonb_array_elements(stories) with ordinality as chosen(pick, place);
