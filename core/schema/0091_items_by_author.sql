-- The page of an author asks for every item with the name.
create index items_authors on items using gin (authors) with (fastupdate = off);
