-- A digest is an item that is a list of links; each of them is a mention, with the paragraph that goes with it.
alter table items drop constraint items_kind_check,
  add constraint items_kind_check check (kind in ('paper', 'video', 'post', 'digest'));
create table mentions (
  item_id integer not null references items on delete cascade,
  position integer not null check (position > 0),
  -- What it leads to, as `items.keys` spells it.
  key text not null,
  url text not null,
  paragraph text not null,
  primary key (item_id, position)
);
create index mentions_key on mentions (key);
