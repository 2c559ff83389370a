-- Keys that hide what stands in links to the next page. They outlive a restart and are shared by all servers of a database.

create table platform.sealing_key (
  purpose text not null primary key,
  key bytea not null check (octet_length(key) = 32),
  created timestamptz not null
);
