-- A reader's letters are to go to another address: it counts once it was confirmed at both. Of the links in the two mails only hashes are kept.
create table address_changes (
  reader_id integer primary key references readers on delete cascade,
  email text not null check (email = lower(email)),
  asked_at timestamptz not null,
  old_hash text unique,
  new_hash text unique,
  old_at timestamptz,
  new_at timestamptz
);
alter table asks drop constraint asks_kind_check;
alter table asks add constraint asks_kind_check check (kind in ('subscribe', 'sign-in', 'move'));
alter table consents drop constraint consents_event_check;
alter table consents add constraint consents_event_check
  check (event in ('asked', 'confirmed', 'unsubscribed', 'resubscribed', 'moved'));
