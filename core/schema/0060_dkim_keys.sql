-- Keys that sign mails (DKIM). One signs from the moment its record was seen in DNS: before, nobody could verify it.
create table dkim_keys (
  domain text not null,
  selector text not null,
  algorithm text not null check (algorithm in ('rsa', 'ed25519')),
  -- PKCS #8, PEM.
  private_key text not null,
  created_at timestamptz not null,
  published_at timestamptz,
  primary key (domain, selector)
);
