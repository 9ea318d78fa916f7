-- What other sites show where somebody shares an issue (story 0) or one of its stories, by the content that was approved.
create table share_pictures (
  issue_id integer not null references issues on delete cascade,
  content_hash text not null,
  story_id integer not null,
  picture text not null references pictures,
  type text not null check (type in ('png', 'jpg')),
  width integer not null,
  height integer not null,
  alt text not null,
  primary key (issue_id, content_hash, story_id)
);
