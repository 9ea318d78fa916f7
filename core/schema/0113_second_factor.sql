-- A second factor for curators who want one, or whose owner asks for it: codes by time (RFC 6238), and codes for the day the phone is lost.
create table curator_totp (
  curator_id integer primary key references curators on delete cascade,
  -- AES-256-GCM under a key of the instance, see core/sealed.ts.
  secret text not null,
  -- Null until a first code has shown that the app has the secret.
  confirmed_at timestamptz,
  -- The newest half minute a code was taken of: a code is good once.
  last_step bigint not null default 0,
  failures integer not null default 0,
  locked_until timestamptz
);

create table recovery_codes (
  curator_id integer not null references curators on delete cascade,
  -- HMAC under a key of the instance.
  code_hash text not null,
  used_at timestamptz,
  primary key (curator_id, code_hash)
);

-- Begun by a mailed link, and open when the code was given, too.
alter table sessions add column needs_code boolean not null default false;
