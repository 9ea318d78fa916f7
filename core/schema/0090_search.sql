-- What the site's search looks in: a row for an item (segment 0) and one for each stretch of its transcript.
create sequence search_changes;
create table search_texts (
  item_id integer not null references items on delete cascade,
  segment integer not null,
  -- The text search configuration that took its words' endings off.
  config text not null,
  -- Title, authors and source, of the item itself only: few words, so what very many rows have is looked up here.
  names tsvector,
  words tsvector not null,
  -- The signs of its vector of `model`, a bit each (core/search/signatures.ts).
  model text not null,
  signs bytea not null,
  -- Grows with every change, so that a process reads what it has not seen.
  change bigint not null default nextval('search_changes'),
  primary key (item_id, segment)
);
-- Short lists of pending entries: without them a text costs half as much again, with the 4 MB they have by themselves one insert waits seconds.
create index search_texts_names on search_texts using gin (names) with (gin_pending_list_limit = 256);
create index search_texts_words on search_texts using gin (words) with (gin_pending_list_limit = 256);
create index search_texts_change on search_texts (change);

-- The words of names by the hashes of themselves and of what is left when one character is missing (core/search/spellings.ts).
create table search_spellings (
  hash integer not null,
  word text not null,
  primary key (hash, word)
);

-- Whichever statement changes a text: what was indexed of it is no longer true.
create function forget_search_text() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'segments' then
    delete from search_texts where item_id = old.item_id and segment = old.position;
  else
    delete from search_texts where item_id = old.id;
  end if;
  return null;
end
$$;
create trigger forget_search_text after update of title, text, authors, lang on items for each row
  when (old.title is distinct from new.title or old.text is distinct from new.text
    or old.authors is distinct from new.authors or old.lang is distinct from new.lang)
  execute function forget_search_text();
create trigger forget_search_text after delete on segments for each row execute function forget_search_text();
create trigger forget_changed_search_text after update of text on segments for each row
  when (old.text is distinct from new.text) execute function forget_search_text();
