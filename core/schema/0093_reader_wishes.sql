-- How much of what, how often and when: what readers set on their own page.
alter table interests add column weight smallint not null default 100 check (weight between 10 and 100);
alter table readers
  -- Every issue, every second or every fourth.
  add column every_issues smallint not null default 1 check (every_issues in (1, 2, 4)),
  -- Of a paused reader: when mail comes again by itself. Null: when they say so.
  add column paused_until timestamptz,
  -- Null: that of the publication.
  add column timezone text;
create index readers_paused_until on readers (paused_until) where paused_until is not null;

alter table rules drop constraint rules_field_check;
alter table rules add constraint rules_field_check check (field in ('author', 'lab', 'source', 'word'));
