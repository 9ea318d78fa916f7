-- Mails that came to the secret address of a source and were not read yet; who may send to it is in sources.options.
create table incoming_mails (
  id integer generated always as identity primary key,
  source_id integer not null references sources on delete cascade,
  sender text not null,
  raw bytea not null,
  received_at timestamptz not null
);
create index incoming_mails_source on incoming_mails (source_id, id);
-- When each mail of the last hour came, read or not: what is counted against the limit.
alter table sources add column mails_at timestamptz[] not null default '{}';
