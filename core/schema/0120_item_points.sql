-- How many points a community of readers gave to an item, as its list last said; null where none did.
alter table items add column points integer check (points >= 0);
