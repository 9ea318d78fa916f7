-- The desk's list of readers: when each got the last letter, and lists to import that wait for a curator's yes, a day at most.
create index deliveries_of_reader on deliveries (reader_id, issue_id);

create table reader_imports (
  id integer generated always as identity primary key,
  made_by text not null,
  at timestamptz not null,
  -- How they agreed, in the words of who imports them.
  basis text not null,
  rows jsonb not null,
  problems jsonb not null
);
