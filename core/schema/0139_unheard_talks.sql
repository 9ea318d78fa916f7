-- Talks whose transcript is not there, newest first, as the desk lists them: few among all items, found without reading the others.
create index items_unheard on items (published_at desc, id) where transcript_state in ('pending', 'upcoming', 'none', 'blocked', 'failed');
