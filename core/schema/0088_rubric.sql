-- The rubric: how good curators find the lead and the picks of an issue, on five scales from 1 to 5.
create table rubric_scores (
  issue_id integer not null references issues on delete cascade,
  story_id integer not null references stories on delete cascade,
  curator_id integer not null references curators on delete cascade,
  decisive smallint not null check (decisive between 1 and 5),
  comprehensive smallint not null check (comprehensive between 1 and 5),
  justified smallint not null check (justified between 1 and 5),
  accurate smallint not null check (accurate between 1 and 5),
  kind smallint not null check (kind between 1 and 5),
  at timestamptz not null,
  primary key (issue_id, story_id, curator_id)
);
