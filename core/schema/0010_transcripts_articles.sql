-- Transcripts: who gave them, why not, which host is left alone; full texts behind teasers; items whose file is gone.
alter table items
  -- Which provider gave the transcript; or why there is none.
  add column transcript_from text,
  add column transcript_reason text,
  -- Its file is no longer in its folder: it keeps its place in what was sent and comes into no new draft.
  add column gone_at timestamptz;

-- A host that blocked us is left alone by every process, for longer after each further block.
create table host_pauses (
  host text primary key,
  until timestamptz not null,
  blocks integer not null check (blocks > 0)
);

-- What a curator gave: it wins over every other provider.
create table captions (
  item_id integer primary key references items on delete cascade,
  text text not null,
  given_by text not null,
  at timestamptz not null
);

-- The page behind a teaser, tried once for each state of the teaser and again as next_at says.
create table full_texts (
  item_id integer primary key references items on delete cascade,
  content_hash text not null,
  state text not null check (state in ('ok', 'none', 'refused', 'failed')),
  -- Where the text came from, after redirects; or why there is none.
  url text,
  reason text,
  tries integer not null,
  next_at timestamptz
);
