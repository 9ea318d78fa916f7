-- Mails that people wrote to us: each is heeded once, and so many of one mailbox a day. See core/store/reader-mails.ts.
create table reader_mails (
  id integer generated always as identity primary key,
  -- Of its Message-ID and who sent it: a server that heard no reply sends a mail again.
  key text not null unique,
  -- Who wrote, as core/mail/mail-address.ts counts.
  mailbox text not null,
  reader_id integer references readers on delete cascade,
  -- Whether it came from the domain it names: what others write in somebody's name uses up nothing of theirs.
  proven boolean not null,
  at timestamptz not null,
  -- Only of what is passed on to a person.
  sender text,
  subject text,
  words text
);
create index reader_mails_at on reader_mails (at);
create index reader_mails_of_mailbox on reader_mails (mailbox, at);
create index reader_mails_of_reader on reader_mails (reader_id);
