-- The stories that a reading group shares, with the day it meets. Who has the link sees it; whose it is nobody sees.
create table shortlists (
  id integer generated always as identity primary key,
  -- 192 random bits.
  token text not null unique,
  reader_id integer not null references readers on delete cascade,
  name text not null check (char_length(name) between 1 and 80),
  day date not null,
  created_at timestamptz not null
);
create index shortlists_reader on shortlists (reader_id);

-- A story that is joined to another is found under its number all the same (former_stories).
create table shortlist_stories (
  shortlist_id integer not null references shortlists on delete cascade,
  story_id integer not null,
  reader_id integer not null references readers on delete cascade,
  added_at timestamptz not null,
  primary key (shortlist_id, story_id)
);
create index shortlist_stories_reader on shortlist_stories (reader_id);
