-- Curators, their sign-in links, what they did, and settings made on the desk.
create table curators (
  id integer generated always as identity primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  role text not null check (role in ('owner', 'editor', 'reviewer')),
  created_at timestamptz not null default now()
);

-- Only the hash of a link's token is kept; a link works once.
create table sign_ins (
  token_hash text primary key,
  curator_id integer not null references curators on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table audit (
  id integer generated always as identity primary key,
  actor text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  at timestamptz not null
);

create table settings (
  name text primary key,
  value jsonb not null
);
