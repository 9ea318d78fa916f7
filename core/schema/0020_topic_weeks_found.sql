-- How many of its stories a topic had when topics were last found anew; those that joined since are the rest.
alter table topic_weeks add column found integer not null default 0;
