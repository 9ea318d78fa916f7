-- The gate before approval: whether links answer, and why a curator approved in spite of what it found.
create table link_checks (
  url text primary key,
  -- broken: gone or never there; unsure: it did not let us look, or not now.
  state text not null check (state in ('ok', 'broken', 'unsure')),
  why text,
  checked_at timestamptz not null
);
create index link_checks_by_age on link_checks (checked_at);

create table gate_reasons (
  issue_id integer not null references issues on delete cascade,
  check_name text not null,
  -- A hash of what was found: a reason holds for that and for nothing found later.
  finding text not null,
  reason text not null,
  given_by text not null,
  at timestamptz not null,
  primary key (issue_id, check_name)
);
