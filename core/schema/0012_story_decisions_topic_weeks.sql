-- What curators say of stories and topics, and how topics fare from week to week.
alter table stories add column headline_by text;

alter table story_items drop constraint story_items_why_check;
alter table story_items add constraint story_items_why_check check (why in ('first', 'link', 'near', 'curator'));
-- What was placed a day ago is settled: the finder leaves it where it is.
alter table story_items add column placed_at timestamptz not null default now();

create table story_decisions (
  id integer generated always as identity primary key,
  -- No reference: a story that was joined into another is gone.
  story_id integer not null,
  kind text not null check (kind in ('split', 'join', 'headline')),
  words text not null,
  by text not null,
  at timestamptz not null,
  -- The stories, their items and their places in issues before it, to undo it with.
  before jsonb not null,
  undone_by text
);
create index story_decisions_story on story_decisions (story_id);

-- Every later run obeys, identifiers or not.
create table item_decisions (
  item_a integer not null references items on delete cascade,
  item_b integer not null references items on delete cascade,
  verdict text not null check (verdict in ('together', 'apart')),
  decision_id integer not null references story_decisions on delete cascade,
  primary key (item_a, item_b),
  check (item_a < item_b)
);
create index item_decisions_b on item_decisions (item_b);

-- The curator who named it: the name then stays.
alter table topics add column named_by text;

create table topic_weeks (
  topic_id integer not null references topics on delete cascade,
  -- The Monday.
  week date not null,
  story_ids integer[] not null,
  -- The mean of its stories, float32 little-endian, and the model it is of.
  centroid bytea not null,
  model text not null,
  primary key (topic_id, week)
);

create table topic_events (
  week date not null,
  topic_id integer not null references topics on delete cascade,
  kind text not null check (kind in ('born', 'merged', 'split', 'faded', 'returned')),
  -- The topics it became part of, or came from.
  other_id integer references topics on delete cascade,
  primary key (week, topic_id)
);
