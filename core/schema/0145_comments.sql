-- What curators say to each other of a story or of the opening (story_id null) of an issue; readers never see it.
create table comments (
  id integer generated always as identity primary key,
  issue_id integer not null references issues on delete cascade,
  story_id integer references stories on delete cascade,
  curator_id integer references curators on delete set null,
  by text not null,
  words text not null,
  at timestamptz not null,
  settled_by text
);
create index comments_of_issue on comments (issue_id, id);
create index comments_of_story on comments (story_id);
create index comments_of_curator on comments (curator_id);
