-- How much and how often was asked for with a request to subscribe; it holds once the request is confirmed.
alter table consents add column wishes jsonb not null default '{}';
