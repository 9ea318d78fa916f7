-- What is asked of the index of words, as functions: the planner takes reading a tsvector that lies beside its row for nothing, and
-- would rather read all of them. Set here that costs no round trip.
create function search_hits(asked tsquery, in_names boolean, of_kind text, of_source integer, of_year integer, among integer[],
  most_ranked integer, wanted integer) returns table (item_id integer, segment integer)
language plpgsql stable set enable_seqscan = off as $$
begin
  -- `+ 0`: in the order of the primary key every row would be read whole to see whether it answers. Those of few items are looked at
  -- one by one (`offset 0`: before the question is asked), since the index would give all of a common word.
  -- Weights: text, then authors and source, then title (ts_rank counts D first).
  return query execute format($query$
    select found.item_id, found.segment from (
      select hit.item_id, hit.segment, hit.%1$I as words from %2$s as hit
      where hit.%1$I @@ $1 and ($2 is null or hit.kind = $2) and ($3 is null or hit.source_id = $3) and ($4 is null or hit.year = $4)
        and ($5 is null or hit.item_id in (select unnest($5)))
      order by hit.item_id + 0 desc, hit.segment limit $6) as found
    order by ts_rank('{0.1, 0.1, 0.4, 1}', found.words, $1, 1) desc, found.item_id desc, found.segment limit $7$query$,
    case when in_names then 'names' else 'words' end,
    case when cardinality(among) <= 1000
      then '(select held.* from unnest($5) as one(id) join search_words as held on held.item_id = one.id offset 0)'
      else 'search_words' end)
  using asked, of_kind, of_source, of_year, among, most_ranked, wanted;
end
$$;

create function search_answered(asked text[]) returns setof text
language plpgsql stable set enable_seqscan = off as $$
begin
  return query select question from unnest(asked) as question
    where exists (select 1 from search_words where words @@ question::tsquery);
end
$$;
