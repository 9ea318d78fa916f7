-- How many letters a mail server was given on a day, while there is a plan of how many it may have.
create table mail_days (
  server text not null,
  day date not null,
  taken integer not null,
  primary key (server, day)
);
