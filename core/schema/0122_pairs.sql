-- "This or that?": two stories of the pool that a letter asks its reader about, chosen with the picks. Null where it asks nothing.
alter table picks
  add column pair_left integer,
  add column pair_right integer,
  -- By how much the ranker put the left one before the right one, in standard deviations of the reader's scores: without what the reader
  -- answered before, and with it; null where they had answered nothing.
  add column pair_alone real,
  add column pair_informed real,
  -- Drawn by lot, not where the ranker was least sure: how well it foresees answers can be told from these alone.
  add column pair_by_lot boolean,
  add constraint picks_whole_pair check (num_nulls(pair_left, pair_right, pair_alone, pair_by_lot) in (0, 4));
-- The stories of the pair, the left one first; null where it asks nothing.
alter table proofs add column pair jsonb;

create table pair_answers (
  reader_id integer not null references readers on delete cascade,
  issue_id integer not null references issues on delete cascade,
  chosen_id integer not null references stories on delete cascade,
  other_id integer not null references stories on delete cascade,
  -- As in picks when the letter went out, but of the chosen one before the other: what was foreseen, above 0 where it was right.
  alone real not null,
  informed real,
  by_lot boolean not null,
  at timestamptz not null,
  primary key (reader_id, issue_id),
  check (chosen_id <> other_id)
);
create index pair_answers_by_time on pair_answers (at);
create index pair_answers_chosen on pair_answers (chosen_id);
create index pair_answers_other on pair_answers (other_id);

-- As signals do, answers count for the story that a deleted one went into (0033); between a story and itself nothing is said.
create function keep_answers_of_a_story() returns trigger language plpgsql as $$
declare
  heir integer;
begin
  select story_id into heir from story_items where item_id = old.headline_item_id and story_id <> old.id;
  if heir is null then
    return old;
  end if;
  delete from pair_answers where old.id in (chosen_id, other_id) and heir in (chosen_id, other_id);
  update pair_answers set chosen_id = heir where chosen_id = old.id;
  update pair_answers set other_id = heir where other_id = old.id;
  return old;
end
$$;
create trigger keep_answers_of_a_story before delete on stories
  for each row execute function keep_answers_of_a_story();
