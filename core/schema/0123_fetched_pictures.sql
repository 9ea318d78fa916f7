-- Pictures that a curator described, by their address at the source: fetched once for letters, proofs and who shares a story.
create table fetched_pictures (
  url text primary key,
  -- Null where it could not be had.
  picture text references pictures,
  -- As letters show it, and as it is stored.
  width integer,
  height integer,
  pixel_width integer,
  pixel_height integer,
  at timestamptz not null,
  check (num_nulls(picture, width, height, pixel_width, pixel_height) in (0, 5))
);
