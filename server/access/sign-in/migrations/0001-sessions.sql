create schema if not exists access;

-- A signed-in visit. The browser holds a random word; only its digest is here.
create table access.session (
  session_id uuid not null,
  word_digest bytea not null,
  issuer text not null,
  subject text not null,
  identity jsonb not null,
  role_id text,
  begun timestamptz not null,
  last_seen timestamptz not null,
  ended timestamptz,
  ended_why text,
  primary key (session_id)
);
create unique index session_word on access.session (word_digest);
create index session_of on access.session (issuer, subject) where ended is null;

-- What the authorisation server keeps between two requests: codes, tokens, grants, used assertions. Ids are digests.
create table access.oauth_item (
  kind text not null,
  id_digest bytea not null,
  payload jsonb not null,
  grant_id text,
  uid text,
  expires timestamptz,
  consumed timestamptz,
  primary key (kind, id_digest)
);
create index oauth_item_grant on access.oauth_item (grant_id) where grant_id is not null;
create index oauth_item_uid on access.oauth_item (kind, uid) where uid is not null;
create index oauth_item_expires on access.oauth_item (expires) where expires is not null;

-- Programs and apps that may ask for tokens. An agreement ends by its date, never by deletion.
create table access.client (
  client_id text not null,
  name text not null,
  kind text not null check (kind in ('program', 'app')),
  organisation text not null,
  registration jsonb not null,
  scopes text[] not null,
  registered_by text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (client_id)
);
