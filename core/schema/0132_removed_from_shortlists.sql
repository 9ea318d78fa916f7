-- Taken off a list by who made it, with its place kept for who wants it back; null while it is on the list.
alter table shortlist_stories add column removed_at timestamptz;
