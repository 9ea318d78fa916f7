-- Readers, what they want, what they did, what they agreed to.
create table readers (
  id integer generated always as identity primary key,
  email text not null check (email = lower(email)),
  status text not null default 'pending'
    check (status in ('pending', 'active', 'paused', 'unsubscribed', 'bounced', 'complained')),
  -- In every link of their mail; whoever holds it may change preferences, nothing else.
  token text not null unique,
  length integer not null default 12 check (length between 3 and 40),
  lang text not null default 'en',
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  changed_at timestamptz not null default now()
);
create unique index readers_email on readers (email);

create table interests (
  reader_id integer not null references readers on delete cascade,
  words text not null check (length(words) between 1 and 200),
  created_at timestamptz not null default now(),
  primary key (reader_id, words)
);

create table consents (
  id integer generated always as identity primary key,
  reader_id integer not null references readers on delete cascade,
  event text not null check (event in ('asked', 'confirmed', 'unsubscribed', 'resubscribed')),
  wording text not null,
  address text,
  at timestamptz not null
);

create table suppressions (
  email text primary key,
  reason text not null check (reason in ('bounced', 'complained', 'curator')),
  at timestamptz not null default now()
);

create table signals (
  reader_id integer not null references readers on delete cascade,
  story_id integer not null references stories on delete cascade,
  kind text not null check (kind in ('click', 'like', 'dislike', 'save')),
  at timestamptz not null,
  primary key (reader_id, story_id, kind)
);

create table notices (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('confirm', 'sign-in')),
  email text not null,
  subject text not null,
  html text not null,
  text text not null,
  state text not null default 'planned' check (state in ('planned', 'leased', 'submitted', 'failed', 'unknown')),
  lease_until timestamptz,
  attempts integer not null default 0,
  -- Null: at once.
  next_try_at timestamptz,
  smtp_reply text,
  created_at timestamptz not null default now()
);
create index notices_open on notices (id) where state in ('planned', 'leased');
