-- Links of readers that end, network addresses kept no finer than needed, what was asked for with a request.

-- A link that ended: it opens the way out and nothing else, so that the newest and the oldest mail both unsubscribe.
create table ended_tokens (
  token text primary key,
  reader_id integer not null references readers on delete cascade,
  -- 'left': the reader left, and may undo that from the same page for an hour.
  why text not null check (why in ('left', 'renewed')),
  ended_at timestamptz not null
);
create index ended_tokens_of_reader on ended_tokens (reader_id);

-- What was typed with a request to subscribe; it is added when the request is confirmed.
alter table consents add column interests text[] not null default '{}';
create index consents_of_reader on consents (reader_id);
create index readers_pending on readers (created_at) where status = 'pending';

-- A network is evidence enough for a consent: /24 of IPv4, /48 of IPv6, as core/network-of.ts writes it.
create function pg_temp.network_of(address text) returns text language plpgsql as $$
declare
  held inet;
begin
  held := regexp_replace(address, '%.*', '')::inet;
  if held <<= '::ffff:0.0.0.0/96'::inet then
    held := '0.0.0.0'::inet + (held - '::ffff:0.0.0.0'::inet);
  end if;
  return network(set_masklen(held, case family(held) when 4 then 24 else 48 end))::text;
exception when others then
  return null;
end $$;
update consents set address = pg_temp.network_of(address) where address is not null;

-- Who opens nearly every story of a letter in order is a program, too.
alter table clicks drop constraint clicks_machine_check;
alter table clicks add constraint clicks_machine_check check (machine in ('head', 'early', 'burst', 'trap', 'sweep'));
