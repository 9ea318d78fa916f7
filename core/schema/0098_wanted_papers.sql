-- A paper that a reader brought by its number, and that is not here: asked of arXiv, and counting by its words from then on.
create table wanted_papers (
  key text primary key check (key like 'arxiv:%'),
  tries integer not null default 0,
  -- When it is asked for; null when arXiv does not know it.
  next_at timestamptz
);
-- Its number, until it is known.
alter table brought_works add column key text;
create unique index brought_works_by_key on brought_works (key, reader_id);
