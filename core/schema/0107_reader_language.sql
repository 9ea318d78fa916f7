-- The language a reader chose for their page and their mail. Null: their browser's, or the publication's; nobody could choose one before.
alter table readers alter column lang drop not null, alter column lang drop default;
update readers set lang = null;
