-- What a mail server answered, told apart; who holds a row that is under way; what slows an issue down, and who paused it.
alter table deliveries
  -- The process that holds it; its lease ends soon after the process does.
  add column holder text,
  -- The server said 354, and the last byte may be on its way: whether it arrived is unknown when nobody tells any more.
  add column begun boolean not null default false,
  add column first_tried_at timestamptz,
  -- Why it failed, why nobody knows, or why it waits: core/store/mail-attempts.ts.
  add column reason text;
create index deliveries_failed on deliveries (issue_id, reason) where state in ('failed', 'unknown');

alter table notices
  add column holder text,
  add column begun boolean not null default false,
  add column first_tried_at timestamptz,
  add column reason text;

alter table issues
  add column paused_at timestamptz,
  -- The name of the curator, or "Courant" when the mail server's answers did it.
  add column paused_by text,
  add column pause_reason text;

-- How quickly a mail server, or one domain behind it, takes mails; a row exists while that is slower than asked for.
create table mail_paces (
  name text primary key,
  per_second double precision not null,
  -- Until then nothing is tried, and after how many such waits in a row.
  hold_until timestamptz,
  holds integer not null default 0,
  why text not null,
  changed_at timestamptz not null
);
