-- Whether what replaced it said something else. A page with a clock in it, a comma more and a new version with the old abstract are no
-- news to those who were shown it.
alter table item_history add column is_news boolean not null default true;
