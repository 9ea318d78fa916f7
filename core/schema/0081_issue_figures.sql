-- What came of an issue: counted by a job, since counting a million clicks is nothing a page waits for.
create table issue_figures (
  issue_id integer primary key references issues on delete cascade,
  counted_at timestamptz not null,
  figures jsonb not null
);
create index clicks_of_issue on clicks (issue_id, reader_id);
create index consents_by_time on consents (at);
