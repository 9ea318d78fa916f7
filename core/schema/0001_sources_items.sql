-- Sources, the items they published, transcripts, and vectors.
create table sources (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('arxiv', 'youtube', 'feed', 'folder')),
  title text not null,
  url text not null unique,
  home_url text,
  section text,
  -- Per-source settings, such as where its captions are: {"captionsUrl": "https://.../{id}"}.
  options jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'paused', 'gone')),
  health text not null default 'new' check (health in ('new', 'ok', 'quiet', 'late', 'broken')),
  etag text,
  last_modified text,
  next_check_at timestamptz not null default now(),
  last_checked_at timestamptz,
  last_success_at timestamptz,
  failures integer not null default 0,
  last_error text,
  created_at timestamptz not null default now()
);
create index sources_due on sources (next_check_at) where status = 'active';

create table items (
  id integer generated always as identity primary key,
  source_id integer not null references sources on delete cascade,
  guid text not null,
  kind text not null check (kind in ('paper', 'video', 'post')),
  url text not null,
  -- What the item is ("arxiv:1706.03762", "url:...") and what it links to, in one spelling, so that equals meet.
  keys text[] not null default '{}',
  mentions text[] not null default '{}',
  title text not null,
  authors text[] not null default '{}',
  text text not null default '',
  html text not null default '',
  lang text not null default 'en',
  image_url text,
  duration_s integer,
  published_at timestamptz not null,
  content_hash text not null,
  transcript_state text check (transcript_state in ('pending', 'ok', 'none', 'blocked', 'failed')),
  transcript_tries integer not null default 0,
  transcript_next_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (source_id, guid)
);
create index items_published on items (published_at);
create index items_transcripts on items (transcript_next_at) where transcript_state in ('pending', 'blocked', 'failed');

create table segments (
  item_id integer not null references items on delete cascade,
  position integer not null check (position > 0),
  start_s integer not null,
  text text not null,
  primary key (item_id, position)
);

-- Segment 0 is the item itself. A vector names the model and the fit that made it: two models never mix.
create table vectors (
  item_id integer not null references items on delete cascade,
  segment integer not null default 0,
  model text not null,
  vector bytea not null,
  primary key (model, item_id, segment)
);

-- What an embedder learned from the own items, so that later vectors come from the same fit.
create table fits (
  model text primary key,
  items integer not null,
  state bytea not null,
  created_at timestamptz not null default now()
);
