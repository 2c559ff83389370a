-- The process that may use what it has read again without asking, as long as nobody else writes. One row, or none.

create table platform.lease (
  only_one boolean not null primary key default true check (only_one),
  holder uuid not null,
  party uuid not null,
  lock int not null
);

-- Every transaction that changes the record calls this first. Until it ends, nobody can take the lease. The lock is taken
-- before the row is looked at: inside a volatile function each statement sees what was committed before it.
create function platform.enter_lease(out holder uuid, out party uuid) language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(7311, 0);
  select l.holder, l.party into enter_lease.holder, enter_lease.party from platform.lease l;
end
$$;
