-- What curators write of a story, and every edit of an issue as the rows it changed: the way back, and forward again.
alter table issue_stories
  -- The editors' remark, which readers see under the story; null without one.
  add column note text,
  -- What the picture of the story shows, for those who do not see it.
  add column alt_text text,
  -- Who wrote the summary, the note or the alternative text; null while it is as it was suggested.
  add column edited_by text;
alter table issues
  -- The pick that opens the letter; null: the first one. No reference: a story may be joined to another.
  add column lead_story_id integer;

create table issue_edits (
  id integer generated always as identity primary key,
  issue_id integer not null references issues on delete cascade,
  -- The stories it was about; none for the opening.
  story_ids integer[] not null,
  actor text not null,
  action text not null,
  at timestamptz not null,
  -- Of every row that it changed the fields that differ: core/issue-diff.ts.
  before jsonb not null,
  after jsonb not null,
  -- A split, a join or a headline, which has a way back of its own.
  decision_id integer references story_decisions on delete cascade,
  undone_by text
);
create index issue_edits_of_issue on issue_edits (issue_id, id);
create index issue_edits_of_decision on issue_edits (decision_id);
