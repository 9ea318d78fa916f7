-- A taste is learned from what curators did, not from what they left as it was suggested; tastes of before were, and are learned again.
delete from tastes;
alter table tastes add column choices integer not null default 0;
