-- Papers their authors took back: kept with what they said, and no news any more.
alter table items add column withdrawn boolean not null default false;
