-- What the curator prepares (issue_stories) and what the ranker may choose from are two things: every other story of the week is
-- a row here, with the card a letter shows of it and the hash of that card. Approval signs the hashes, in order.
create table issue_pool (
  issue_id integer not null references issues on delete cascade,
  -- No reference: what was approved stays as it was when the story is gone.
  story_id integer not null,
  position integer not null,
  section text not null,
  section_by text check (section_by in ('rule', 'words', 'curator')),
  section_confidence real check (section_confidence between 0 and 1),
  sentences jsonb not null default '[]',
  map_x real,
  map_y real,
  -- A card without its number: core/store/issue-content.ts.
  card jsonb not null,
  hash text not null,
  primary key (issue_id, story_id)
);
create index issue_pool_in_order on issue_pool (issue_id, position, story_id);
create index issue_pool_of_story on issue_pool (story_id);

alter table issues
  -- Of the pool: how many rows, the hash over their hashes, their sections; null without rows. Kept so that no page counts them.
  add column pool jsonb,
  -- The pool has to be put together (again) since then; null when that is done. Nothing is approved meanwhile.
  add column pool_asked_at timestamptz,
  -- What was published from here on is news of the issue.
  add column news_since timestamptz,
  -- How many stories of the pool the approved content has.
  add column pooled integer generated always as (coalesce((content -> 'pool' ->> 'count')::integer, 0)) stored;

-- Of each approved content the stories that somebody gets: their cards are compiled, and no others.
create table picked_stories (
  issue_id integer not null references issues on delete cascade,
  content_hash text not null,
  story_id integer not null,
  primary key (issue_id, content_hash, story_id)
);

-- Every story of an issue, in order: the curator's first.
create view stories_of_issues as
select issue_id, story_id, section, position, role, map_x, map_y from issue_stories
union all
select issue_id, story_id, section, 1000000 + position, 'pool', map_x, map_y from issue_pool;
