-- Lists of issues say how many stories each has, and should not read its whole content for it.
alter table issues
  add column cards integer generated always as (jsonb_array_length(content -> 'cards')) stored;
create index issues_published on issues (number desc) where status in ('sending', 'sent');

-- The weather counts the stories of each topic and week, the page of a topic shows its newest.
create index stories_of_topic on stories (topic_id, first_seen);
