-- What becomes of an issue that nobody approved: since when its time is over, and when it was passed over.
alter table issues add column over_at timestamptz, add column skipped_at timestamptz;
