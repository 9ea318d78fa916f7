-- How arXiv announced a paper, sources taken off the desk, and what a publisher asks for in its feed.
alter table items
  -- New to arXiv, new to this list, or a new version of what was announced before.
  add column announced text check (announced in ('new', 'cross', 'replace'));

alter table sources
  -- Taken off the desk by a curator: it is not read, and for some weeks it can be brought back.
  add column deleted_at timestamptz,
  -- {"ttlMinutes": 60, "skipHours": [0, 1], "skipDays": [0, 6]}: an answer "not modified" does not say it again.
  add column asked jsonb not null default '{}';
create index sources_deleted on sources (deleted_at) where deleted_at is not null;
