-- Where most of a topic's stories went when they left it; once it is deleted, its address leads there.
create table former_topics (
  id integer primary key,
  -- Null: nowhere, it faded.
  topic_id integer,
  at timestamptz not null default now()
);

create function keep_topic_address() returns trigger language plpgsql as $$
begin
  insert into former_topics (id) values (old.id) on conflict do nothing;
  return old;
end
$$;

create trigger keep_topic_address before delete on topics for each row execute function keep_topic_address();
