-- What a letter was made of beside its issue and its reader's picks, so that it can be made again byte for byte.
create table letter_series (
  id integer generated always as identity primary key,
  -- Sender, publication, addresses and the names of the keys that signed: the same for all letters of a run.
  made_of jsonb not null unique
);

-- The series, when it was written and for which kind of server; the reader's address, token and day of that time, which go with
-- the reader and with the picks.
alter table deliveries add column written jsonb;
create index deliveries_written on deliveries (issue_id) where written is not null;
