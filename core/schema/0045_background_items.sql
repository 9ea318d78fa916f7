-- What was older than the window of stories when it arrived, such as the archive of a source that is read for the first time.
alter table items add column is_background boolean not null default false;
create index items_background on items using gin (keys) where is_background;
