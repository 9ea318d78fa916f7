-- All vectors that one model, with one fit, made. Only a complete set is put in use, so whoever compares vectors sees one
-- set whole; the next is filled beside it, and the last is kept for a while for those who began with it.
create table vector_sets (
  model text primary key,
  embedder text not null check (embedder in ('embedded', 'transformers')),
  status text not null check (status in ('filling', 'in_use', 'retired')),
  dimension integer not null check (dimension > 0),
  -- How many items its fit has seen, and what it learned from them.
  items integer not null default 0,
  fit bytea,
  changed_at timestamptz not null default now()
);
create unique index vector_sets_one_of_each on vector_sets (status) where status <> 'retired';

-- A neural model's vectors stay good. Those of the fits so far cannot be added to any more: the word table came between.
insert into vector_sets (model, embedder, status, dimension)
select model, 'transformers', 'in_use', octet_length(vector) / 4 from vectors where model like 'transformers/%' limit 1;
delete from vectors where model not in (select model from vector_sets);
drop table fits;
