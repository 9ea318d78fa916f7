-- Files that left their folder, which lists leave out: a handful among all items, found without reading the others.
create index items_gone on items (id) where gone_at is not null;
