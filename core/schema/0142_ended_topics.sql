-- What a topic was called and held stays when it ends: pages, mails and feeds that name it still lead to its stories.
alter table former_topics add column name text;
alter table former_topics add column story_ids integer[] not null default '{}';

create or replace function keep_topic_address() returns trigger language plpgsql as $$
begin
  insert into former_topics (id, name) values (old.id, old.name)
  on conflict (id) do update set name = excluded.name;
  return old;
end
$$;

-- The topics of a week are written anew at every look, and those that ended are in no week afterwards.
create function keep_topic_stories() returns trigger language plpgsql as $$
begin
  insert into former_topics (id, story_ids) values (old.topic_id, old.story_ids)
  on conflict (id) do update set story_ids =
    (array(select distinct one from unnest(former_topics.story_ids || excluded.story_ids) as one order by one desc))[1:200];
  return old;
end
$$;

create trigger keep_topic_stories before delete on topic_weeks for each row execute function keep_topic_stories();
