-- Events for the rooms above, written in the transaction of the change. Order holds within a stream only.

create table platform.outbox (
  stream_id uuid not null,
  seq bigint not null,
  name text not null,
  payload text not null,
  created timestamptz not null,
  primary key (stream_id, seq, name)
);

create index outbox_created on platform.outbox (created);
