-- What came back of letters that a server had taken: bounces and complaints, each counted once; the reader's history of mail.
create table mail_reports (
  id integer generated always as identity primary key,
  reader_id integer not null references readers on delete cascade,
  delivery_id integer not null references deliveries on delete cascade,
  -- hard: no such mailbox; soft: full or not reached; refused: about us or this message; complaint: marked as spam.
  kind text not null check (kind in ('hard', 'soft', 'refused', 'complaint')),
  -- The enhanced status (RFC 3463) or the type of feedback (RFC 5965), without the server's words, which repeat the address.
  status text not null,
  at timestamptz not null,
  unique (delivery_id, kind)
);
create index mail_reports_reader on mail_reports (reader_id, id);
