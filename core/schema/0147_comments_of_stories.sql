-- What curators said of a story that goes, as one that is joined to another, is said of the one that has its headline: it went with it.
create or replace function keep_what_a_story_leaves() returns trigger language plpgsql as $$
declare
  heir integer;
begin
  insert into former_stories (id, item_id) values (old.id, old.headline_item_id)
  on conflict (id) do update set item_id = excluded.item_id, at = excluded.at;
  select story_id into heir from story_items where item_id = old.headline_item_id and story_id <> old.id;
  if heir is null then
    return old;
  end if;
  insert into signals (reader_id, story_id, kind, at)
  select reader_id, heir, kind, at from signals where story_id = old.id
  on conflict (reader_id, story_id, kind) do update set at = least(signals.at, excluded.at);
  -- Of like and dislike the newest stands.
  delete from signals using signals as newer
  where signals.story_id = heir and newer.story_id = heir and newer.reader_id = signals.reader_id
    and ((signals.kind = 'like' and newer.kind = 'dislike' and newer.at >= signals.at)
      or (signals.kind = 'dislike' and newer.kind = 'like' and newer.at > signals.at));
  update clicks set story_id = heir where story_id = old.id;
  update comments set story_id = heir where story_id = old.id;
  -- Only of issues that nobody approved: what was approved stays as it is.
  update issue_stories set story_id = heir
  from issues where issues.id = issue_id and story_id = old.id and status in ('draft', 'in_review')
    and not exists (select 1 from issue_stories as kept where kept.issue_id = issues.id and kept.story_id = heir);
  return old;
end
$$;
