-- Deadlines of conferences, as lists in YAML have them: a list is a source that has no items.
alter table sources drop constraint sources_kind_check,
  add constraint sources_kind_check check (kind in ('arxiv', 'youtube', 'feed', 'folder', 'deadlines'));

create table deadlines (
  id integer generated always as identity primary key,
  source_id integer not null references sources on delete cascade,
  -- The list's own name of it, such as iclr26.
  key text not null,
  title text not null,
  year integer not null,
  -- Which of several it is, such as "Rebuttal".
  label text,
  due_at timestamptz not null,
  abstract_due_at timestamptz,
  link text,
  place text,
  -- When the conference is, in words.
  dates text,
  subjects text[] not null default '{}',
  note text,
  unique (source_id, key)
);
create index deadlines_due on deadlines (due_at);
