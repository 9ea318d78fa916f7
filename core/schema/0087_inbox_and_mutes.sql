-- What the desk never wants to see again, and what it wants to see before the curator whatever its score.
create table muted_words (
  id integer generated always as identity primary key,
  -- A phrase as reader rules have it: whole words, a * at its end for any ending.
  words text not null unique,
  by text not null,
  at timestamptz not null
);

-- No reference: a story may be joined to another, and a promotion is forgotten with its issue.
create table promoted_stories (
  story_id integer primary key,
  by text not null,
  at timestamptz not null
);
