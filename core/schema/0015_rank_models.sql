-- What the signals of all readers taught the ranker, week by week: the newest that was kept is in use.
create table rank_models (
  id integer generated always as identity primary key,
  made_at timestamptz not null,
  readers integer not null,
  stories integer not null,
  signals integer not null,
  -- Signals that no model is ever trained on, and the share of their stories among the first 50 for their reader.
  held_out integer not null,
  recall real not null,
  -- Of the model in use before, on the same signals; null without one.
  recall_before real,
  kept boolean not null,
  -- Only of those that may be used again.
  state bytea
);
