-- Up to when the outbox was followed. The lock of a row makes one process the follower.
create table access.following (
  name text not null primary key,
  settled timestamptz not null
);

insert into access.following (name, settled) values ('relationships', '-infinity');
