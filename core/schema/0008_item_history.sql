-- What an item said before, which version of a paper is here, and whose turn it is at a host that asks for one at a time.
alter table items
  add version integer check (version > 0),
  add categories text[] not null default '{}';

create table item_history (
  item_id integer not null references items on delete cascade,
  -- When it was replaced.
  at timestamptz not null,
  version integer,
  title text not null,
  text text not null,
  content_hash text not null,
  primary key (item_id, at)
);

create table turns (
  name text primary key,
  next_at timestamptz not null,
  -- Who is asking now; null between two requests.
  holder text
);
