-- What is told to another system by webhook: a row for each event, found in the rows that say that it happened.
create table outgoing_hooks (
  id integer generated always as identity primary key,
  type text not null check (type in ('reader.subscribed', 'reader.unsubscribed', 'reader.bounced', 'issue.sent')),
  -- The row it was found in, as "consent 12": nothing is told twice.
  source text not null unique,
  reader_id integer references readers on delete cascade,
  data jsonb not null,
  at timestamptz not null,
  -- When it was found; nothing is told of what was before the first one.
  created_at timestamptz not null,
  state text not null default 'planned' check (state in ('planned', 'sent', 'failed')),
  attempts integer not null default 0,
  next_try_at timestamptz not null,
  -- What the other side said last, or what went wrong.
  answer text
);
create index outgoing_hooks_due on outgoing_hooks (next_try_at) where state = 'planned';
create index outgoing_hooks_at on outgoing_hooks (at);
create index consents_at on consents (at);
