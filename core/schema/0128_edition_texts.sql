-- What an issue says in other languages, section by section: a row for its opening and for each story.
create table edition_texts (
  issue_id integer not null references issues on delete cascade,
  lang text not null check (length(lang) between 2 and 12),
  -- 0 for the opening. No reference: a story may be joined to another, and its words are then behind.
  story_id integer not null check (story_id >= 0),
  -- Of the words it was made from (core/editions/edition-sections.ts): where the issue says others now, it is behind.
  source_hash text not null,
  -- Of title, preheader, intro, summary and note those that are said in another language; null where a draft was left out.
  words jsonb,
  -- Why a machine draft was left out.
  refused text,
  made_by text not null check (made_by in ('machine', 'curator')),
  -- Of the model or the curator.
  made_name text not null,
  made_at timestamptz not null,
  checked_by text,
  checked_at timestamptz,
  primary key (issue_id, lang, story_id),
  check ((words is null) = (refused is not null)),
  check (made_by = 'machine' or words is not null),
  check ((checked_by is null) = (checked_at is null))
);

-- An endpoint that failed, by edition: what it said, and when it is asked again. The row goes with the first draft that comes.
create table edition_failures (
  issue_id integer not null references issues on delete cascade,
  lang text not null,
  failures integer not null,
  message text not null,
  try_again_at timestamptz not null,
  primary key (issue_id, lang)
);

-- The languages of what was approved, for the site map: the content itself is hundreds of kilobytes.
alter table issues
  add column edition_langs text[] not null default '{}';
