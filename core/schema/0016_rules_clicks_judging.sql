-- What readers rule, how they opened what they were sent, what curators like, and how well the ranker did.
create table rules (
  id integer generated always as identity primary key,
  reader_id integer not null references readers on delete cascade,
  effect text not null check (effect in ('always', 'never', 'only')),
  field text not null check (field in ('author', 'lab', 'word')),
  words text not null check (length(words) between 1 and 100),
  created_at timestamptz not null default now()
);
create unique index rules_of_reader on rules (reader_id, effect, field, lower(words));

-- Every link of a letter that somebody or something opened.
create table clicks (
  id bigint generated always as identity primary key,
  reader_id integer not null references readers on delete cascade,
  issue_id integer not null references issues on delete cascade,
  -- Null: the link that no person sees.
  story_id integer references stories on delete cascade,
  at timestamptz not null,
  -- Why it was a program; null for a person.
  machine text check (machine in ('head', 'early', 'burst', 'trap'))
);
create index clicks_of_reader on clicks (reader_id, at);

-- The address of a private feed: it gives signals, and opens neither preferences nor the way out.
alter table readers add column feed_token text unique;

-- What curators like, learned from what they did; the newest that was kept counts.
create table tastes (
  id integer generated always as identity primary key,
  made_at timestamptz not null,
  -- The newest issue it has seen.
  issue_id integer not null references issues on delete cascade,
  pairs integer not null,
  -- Share of held-out pairs it puts in the curators' order; null with too few of them.
  accuracy real,
  kept boolean not null,
  weights jsonb not null
);

create table judgements (
  issue_id integer primary key references issues on delete cascade,
  made_at timestamptz not null,
  figures jsonb not null
);

create index exposures_of_issue on exposures (issue_id, reader_id);
create index signals_of_story on signals (story_id, kind);
