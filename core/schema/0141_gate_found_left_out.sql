-- What the gate found when a curator approved: each check with its level and its sentence. Null for what was approved before that was kept.
alter table issues add column gate_found jsonb;

-- What a link belonged to that a curator left out at the gate: a story of its own, out of the issue without having been rejected.
alter table issue_stories add column left_out_at timestamptz;
