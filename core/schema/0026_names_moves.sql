-- What items are found by when a name names several things, and the addresses a source had before.
-- Which other items of a source have this key.
create index items_keys on items using gin (keys);
-- Names that are put together: core/store/item-names.ts.
create index items_split_names on items (source_id, split_part(guid, ' ¦ ', 1)) where strpos(guid, ' ¦ ') > 0;

create table source_moves (
  id integer generated always as identity primary key,
  source_id integer not null references sources on delete cascade,
  from_url text not null,
  to_url text not null,
  -- What led there: a redirect for good, or a page that names its feed.
  by text not null check (by in ('redirect', 'page')),
  at timestamptz not null,
  undone_at timestamptz
);
create index source_moves_of on source_moves (source_id, id);
