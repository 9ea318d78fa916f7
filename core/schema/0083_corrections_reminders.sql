-- What was found wrong in an issue after it went out: a dated note in the archive; the letter stays as it was.
create table corrections (
  id integer generated always as identity primary key,
  issue_id integer not null references issues on delete cascade,
  words text not null check (length(words) between 1 and 1000),
  made_by text not null,
  at timestamptz not null
);
create index corrections_of_issue on corrections (issue_id, id);

-- How often curators were reminded of an issue that nobody approved: before its time, and when it is over.
alter table issues add column reminders integer not null default 0;
