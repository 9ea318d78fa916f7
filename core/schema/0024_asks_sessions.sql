-- What strangers ask for at the door, mails whose text is never stored, and the sessions of curators.

-- What was typed, until the mailer decides what comes of it. See core/store/asks.ts.
create table asks (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('subscribe', 'sign-in')),
  email text not null,
  detail jsonb not null,
  network text,
  at timestamptz not null
);

-- A notice says to whom and why; the mail with its link is written when it is sent.
alter table notices drop column subject, drop column html, drop column text;
alter table notices add column detail jsonb not null default '{}';
-- The mailbox behind the address, as core/mail-address.ts tells: limits count it, however it is written.
alter table notices add column mailbox text;
update notices set mailbox = regexp_replace(split_part(email, '@', 1), '(.)\+.*$', '\1') || '@' || split_part(email, '@', 2);
alter table notices alter column mailbox set not null;
create index notices_of_mailbox on notices (mailbox, created_at);

-- Raised when a curator signs out or gets another role: sessions and links of an earlier generation open nothing.
alter table curators add column generation integer not null default 1;

-- Links that were mailed before this say nothing of a browser, and are short-lived: they end here.
delete from sign_ins;
alter table sign_ins
  add column generation integer not null,
  -- Null: a link printed where only its reader sees it, good in any browser.
  add column browser_hash text,
  -- "Firefox on Linux, from 192.0.2.0/24"
  add column asked_by text,
  -- A mail that is tried again brings a new link in place of the one before.
  add column notice_id integer unique references notices on delete cascade;
create index sign_ins_of_curator on sign_ins (curator_id);

create table sessions (
  id integer generated always as identity primary key,
  token_hash text not null unique,
  curator_id integer not null references curators on delete cascade,
  generation integer not null,
  browser text not null,
  browser_hash text,
  network text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_of_curator on sessions (curator_id, created_at);
