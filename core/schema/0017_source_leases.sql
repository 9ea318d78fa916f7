-- Whoever checks a source says until when it has it: due sources are taken in batches, and by one process each.
alter table sources add column leased_until timestamptz;
