-- The map of an issue as it was drawn, for its letters and for the desk's proofs of them.
create table issue_maps (
  issue_id integer not null references issues on delete cascade,
  -- What of the stories the picture shows, as a hash.
  drawn_of text not null,
  picture text not null references pictures,
  -- As letters show it.
  width integer not null,
  height integer not null,
  -- What its numbers stand for, in their order, and how many stories have a point on it.
  topics text[] not null,
  stories integer not null,
  -- Letters have it, not proofs alone.
  kept boolean not null,
  at timestamptz not null,
  primary key (issue_id, drawn_of)
);
