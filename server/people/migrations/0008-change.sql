-- What each transaction changed of who patients are, so that a process need not read again what it remembers. Only the newest rows
-- are kept. Not logged: whoever remembers something forgets it when the database was started anew.
create unlogged table people.change (
  change_id uuid not null primary key,
  xid xid8 not null default pg_current_xact_id(),
  content text not null
);

create index change_xid on people.change (xid);

-- As long as it stands, no row was taken away.
insert into people.change (change_id, xid, content)
values ('00000000-0000-0000-0000-000000000000', '0', '{"patients":[],"joined":{},"keys":[]}');
