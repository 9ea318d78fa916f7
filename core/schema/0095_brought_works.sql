-- What readers brought along: works they read that are no story here, by their words. One that is a story is a like of it.
create table brought_works (
  id integer generated always as identity primary key,
  reader_id integer not null references readers on delete cascade,
  title text not null check (length(title) between 1 and 300),
  -- The beginning of its abstract, where the file had one.
  text text not null default '' check (length(text) <= 1000),
  at timestamptz not null
);
create unique index brought_works_of_reader on brought_works (reader_id, lower(title));
-- A title of a bibliography is looked up among all items; a btree takes no text of any length.
create index items_by_title on items (md5(lower(title)));
