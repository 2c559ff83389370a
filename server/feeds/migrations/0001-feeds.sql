-- What arrives from other systems. Rules for these tables: docs/reference/schema-rules.md.

create schema feeds;

-- One sender of one kind of thing. A feed nobody announced is added when its first message comes.
create table feeds.feed (
  id uuid primary key,
  kind text not null check (kind in ('hl7v2', 'csv', 'fhir')),
  -- What tells it from others: for HL7 v2 the application and facility, else the name it was given.
  key text not null,
  name text not null,
  source text not null,
  -- How many hours may pass before its silence is worth a look; null when nobody said.
  expected_hours integer,
  created timestamptz not null,
  unique (kind, key)
);

-- Every message as it came, and what became of it. Its id follows from sender and control id.
create table feeds.message (
  id uuid primary key,
  feed_id uuid not null,
  received timestamptz not null,
  -- Position within its feed: the order in which messages were stored.
  seq bigint not null,
  control_id text not null,
  kind text not null,
  event_at timestamptz,
  digest uuid not null,
  state text not null check (state in ('stored', 'late', 'dead', 'replayed', 'dismissed')),
  ack text not null check (ack in ('AA', 'AE', 'AR')),
  code text,
  -- Segment-field-component, column or FHIR path.
  place text,
  reason text,
  remarks text,
  resources text,
  original bytea not null,
  mended bytea,
  changed timestamptz not null,
  changed_by text not null
);

create index message_feed on feeds.message (feed_id, received);
create index message_dead on feeds.message (received, id) where state = 'dead';
create index message_flagged on feeds.message (feed_id, received) where remarks is not null;

-- What is held of each resource that feeds write, to judge what comes late: elements with the times they hold from.
create table feeds.entity (
  rid uuid not null,
  type smallint not null,
  at timestamptz not null,
  state text,
  primary key (rid, type)
);

-- Messages by hour and outcome, so that a page need not count them.
create table feeds.tally (
  feed_id uuid not null,
  hour timestamptz not null,
  outcome text not null,
  n bigint not null,
  primary key (feed_id, hour, outcome)
);
