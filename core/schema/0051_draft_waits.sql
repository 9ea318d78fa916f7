-- A draft waits for what is due and can be made again without losing what curators decided.
alter table issues
  -- What was still missing when it was drafted an hour late (core/store/missing-news.ts); null when nothing was.
  add column missing jsonb,
  -- A curator asked to draft it again; null when that is done.
  add column redraft_asked_at timestamptz,
  -- Who wrote subject and intro; null while they are the proposed ones.
  add column opened_by text;

-- Who chose a story, moved it or took it out; null for what was only suggested.
alter table issue_stories add column decided_by text;
