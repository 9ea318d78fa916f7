-- An edit that was taken back before another one was made is not made again.
alter table issue_edits add column superseded boolean not null default false;

update issue_edits set superseded = true
where undone_by is not null
  and exists (
    select 1 from issue_edits as later
    where later.issue_id = issue_edits.issue_id and later.id > issue_edits.id and later.undone_by is null);
