-- Who had everything about them deleted: so that no list brings them back, and what they agreed to can still be proved by who has it.
-- Both are HMAC-SHA-256 with a key of this installation, so that nobody can try addresses against them.
create table departed_readers (
  address_hash text primary key,
  consents_hash text not null,
  at timestamptz not null
);
