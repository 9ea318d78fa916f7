-- The whole opening of an issue is the curator's, and a letter is proved as any reader gets it, or as somebody made up would.
alter table issues
  -- The first words behind the subject in a list of mails; empty: the titles of the picks.
  add column preheader text not null default '',
  -- The day it is dated, where that is not the Saturday of its week.
  add column dated date,
  -- Written at the desk it is Markdown; as it was suggested it is plain.
  add column intro_is_markdown boolean not null default false;

-- Letters that somebody at the desk wants to see, ranked by `issue.rank`.
create table proofs (
  issue_id integer not null references issues on delete cascade,
  -- "reader 12", or "words speech, ethics" of somebody made up.
  who text not null,
  reader_id integer references readers on delete cascade,
  words text[] not null default '{}',
  content_hash text not null,
  asked_at timestamptz not null,
  -- As core/store/picks.ts has them; null until it is ranked.
  stories jsonb,
  unmet text[] not null default '{}',
  primary key (issue_id, who)
);
