-- A letter has one id for all its links: what was compiled with an id for each link is compiled again.
delete from renders;
