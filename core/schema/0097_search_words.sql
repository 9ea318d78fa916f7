-- The words of what is searched get rows of their own, so narrow that all of a common word are read at once: 100,000 take 8 MB,
-- and what is long of them lies beside (a tsvector is read for those that are ranked). Filters stand in the same row.
-- The index is emptied for it; the job `search.index` fills it again.
truncate search_texts;
alter table search_texts drop column names, drop column words;
create index search_texts_config on search_texts (config);
create table search_words (
  item_id integer not null,
  segment integer not null,
  kind text not null,
  source_id integer not null,
  year integer not null,
  -- Title, authors and source, of the item itself only: few words, so what very many rows have is looked up here.
  names tsvector,
  words tsvector not null,
  primary key (item_id, segment),
  foreign key (item_id, segment) references search_texts on delete cascade
) with (toast_tuple_target = 128);
-- Short lists of pending entries: see 0090.
create index search_words_names on search_words using gin (names) with (gin_pending_list_limit = 256);
create index search_words_words on search_words using gin (words) with (gin_pending_list_limit = 256);

-- What a row is filtered by changes with its item, too.
drop trigger forget_search_text on items;
create trigger forget_search_text after update of title, text, authors, lang, kind, source_id, published_at on items for each row
  when (old.title is distinct from new.title or old.text is distinct from new.text or old.authors is distinct from new.authors
    or old.lang is distinct from new.lang or old.kind is distinct from new.kind or old.source_id is distinct from new.source_id
    or old.published_at is distinct from new.published_at)
  execute function forget_search_text();

-- Which stories a section had, without reading what issues tell of them.
create index issue_stories_of_section on issue_stories (section, story_id);
create index issue_pool_of_section on issue_pool (section, story_id);
