-- Pictures of letters, served from our own host at an address made of their bytes: opening a mail tells no third party.
create table pictures (
  -- SHA-256 of the bytes, in hex.
  hash text primary key,
  bytes bytea not null,
  created_at timestamptz not null
);
-- Letters got other slots: what was compiled before is compiled again.
delete from renders;
