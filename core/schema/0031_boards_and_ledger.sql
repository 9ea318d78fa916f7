-- Boards as they were counted last, and what sending asks of the ledger without reading all of it.
create table boards (
  span text primary key,
  counted_at timestamptz not null,
  -- The candidates with what their place is reckoned from: core/store/boards.ts.
  stories jsonb not null
);

-- A row leaves these as soon as its letter is on its way, so they are never larger than what is still to be done.
create index deliveries_planned on deliveries (issue_id, id) where state = 'planned';
create index deliveries_leased on deliveries (issue_id, lease_until) where state = 'leased';
drop index deliveries_open;
-- Who must get no mail is few beside who does.
create index readers_stopped on readers (id) where status <> 'active';

-- The ledger of an issue as it was counted last while it is being sent, and in the end.
alter table issues
  add column ledger jsonb,
  add column ledger_at timestamptz;
