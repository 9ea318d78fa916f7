-- Stories are items about the same thing; topics are stories that belong together.
create table topics (
  id integer generated always as identity primary key,
  name text not null,
  keywords text[] not null default '{}',
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

create table stories (
  id integer generated always as identity primary key,
  headline_item_id integer references items on delete set null,
  topic_id integer references topics on delete set null,
  first_seen timestamptz not null,
  changed_at timestamptz not null
);
create index stories_first_seen on stories (first_seen);

create table story_items (
  item_id integer primary key references items on delete cascade,
  story_id integer not null references stories on delete cascade,
  -- Why it is here: it started the story, shares an identifier, or reads alike.
  why text not null check (why in ('first', 'link', 'near'))
);
create index story_items_story on story_items (story_id);
