-- Sections with their confidence and corrections, the place of each sentence of a summary, and the map.
alter table issue_stories
  -- How sure the sorter was, from 0 to 1, and by what: a rule, the words of the story, or a curator.
  add column section_confidence real check (section_confidence between 0 and 1),
  add column section_by text check (section_by in ('rule', 'words', 'curator')),
  -- For each sentence of the summary where it stands in its source, and how it was checked: core/store/summaries.ts.
  add column sentences jsonb not null default '[]',
  -- When a model was asked for a summary; null when none was.
  add column summary_asked_at timestamptz,
  -- Its place on the map of the issue, in the units of issues.map_reach.
  add column map_x real,
  add column map_y real;

alter table issues
  -- From the middle of the map to its edge. Later maps keep the frame of the first, so that places keep their meaning.
  add column map_reach real,
  -- A curator asked that the uncertain stories be sorted again; null when that is done.
  add column sort_asked_at timestamptz;

-- What curators said about stories, kept by their headline item: stories come and go, the lesson stays.
create table section_labels (
  item_id integer primary key references items on delete cascade,
  section text not null,
  labelled_by text not null,
  at timestamptz not null
);
