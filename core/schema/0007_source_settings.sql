-- What a curator may set for one source, where it says it has moved to, and the index its rhythm is read by.
alter table sources
  -- Read, and kept out of drafts.
  add column muted boolean not null default false,
  -- A story told by a source counts it as this many.
  add column weight real not null default 1 check (weight between 0.1 and 10),
  -- What its items are in, when it says it wrongly or not at all.
  add column language text,
  add column interval_minutes integer check (interval_minutes > 0),
  add column user_agent text,
  add column headers jsonb not null default '{}',
  -- One more header, whose value is never shown.
  add column secret_header text,
  add column secret text,
  -- The permanent redirect of the last checks, and in how many in a row it was the same.
  add column moved_to text,
  add column moved_times integer not null default 0,
  -- What happened to the source itself, in a sentence for the desk.
  add column note text,
  add constraint sources_secret_has_header check ((secret is null) = (secret_header is null));
create index items_of_source on items (source_id, published_at desc);
