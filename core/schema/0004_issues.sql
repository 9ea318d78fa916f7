-- Issues: what the curator sees, what was approved, and what was compiled from it.
create table issues (
  id integer generated always as identity primary key,
  number integer not null unique,
  slug text not null unique,
  -- The Monday of its week: one issue a week, however often the draft bell rings.
  week date not null unique,
  status text not null default 'draft'
    check (status in ('draft', 'in_review', 'approved', 'scheduled', 'sending', 'sent')),
  title text not null,
  intro text not null default '',
  -- What was approved, frozen: mails, archive and proofs are made from this and from nothing else.
  content jsonb,
  content_hash text,
  approved_by text,
  approved_hash text,
  approved_at timestamptz,
  send_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  check ((approved_hash is null) = (status in ('draft', 'in_review'))),
  check (approved_hash is null or approved_hash = content_hash)
);

create table issue_stories (
  issue_id integer not null references issues on delete cascade,
  story_id integer not null references stories on delete cascade,
  section text not null,
  position integer not null,
  -- pick: every reader gets it; pool: personal picks come from here; removed: the curator said no.
  role text not null check (role in ('pick', 'pool', 'removed')),
  summary text[] not null default '{}',
  primary key (issue_id, story_id)
);

-- Compiled once per approved content: the skeleton and one part for each card.
create table renders (
  issue_id integer not null references issues on delete cascade,
  content_hash text not null,
  part text not null,
  html text not null,
  text text not null,
  primary key (issue_id, content_hash, part)
);

-- The ranker's answer for one reader and one approved content of an issue, with the profile behind it.
create table picks (
  issue_id integer not null references issues on delete cascade,
  reader_id integer not null references readers on delete cascade,
  content_hash text not null,
  stories jsonb not null,
  profile jsonb not null,
  ranker text not null,
  primary key (issue_id, reader_id)
);
