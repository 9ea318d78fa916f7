-- How many papers a reader asked for by number on a day: each is a request to arXiv and a row for all, and what is taken back still counts.
create table asked_numbers (
  reader_id integer not null references readers on delete cascade,
  day date not null,
  count integer not null,
  primary key (reader_id, day)
);
