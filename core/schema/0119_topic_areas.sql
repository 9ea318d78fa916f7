-- Topics that are near each other are an area, which goes by the topic in its middle; null for a topic that shares its area with none.
alter table topics add column area_id integer references topics (id) on delete set null;
create index topics_area on topics (area_id);
