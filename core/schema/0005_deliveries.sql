-- The ledger: one row for one mail to one reader for one issue. planned = submitted + failed + unknown + suppressed.
create table deliveries (
  id integer generated always as identity primary key,
  issue_id integer not null references issues on delete cascade,
  reader_id integer not null references readers on delete cascade,
  state text not null default 'planned'
    check (state in ('planned', 'leased', 'submitted', 'failed', 'unknown', 'suppressed', 'bounced', 'complained')),
  lease_until timestamptz,
  attempts integer not null default 0,
  -- Null: at once.
  next_try_at timestamptz,
  content_hash text not null,
  story_ids integer[] not null default '{}',
  message_id text,
  smtp_reply text,
  changed_at timestamptz not null default now(),
  unique (issue_id, reader_id)
);
create index deliveries_open on deliveries (issue_id, id) where state in ('planned', 'leased');

-- Every story a reader was shown, with its place in the mail: no ranker can be judged without it.
create table exposures (
  reader_id integer not null references readers on delete cascade,
  story_id integer not null references stories on delete cascade,
  issue_id integer not null references issues on delete cascade,
  position integer not null,
  at timestamptz not null,
  primary key (reader_id, story_id, issue_id)
);
