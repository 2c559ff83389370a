-- The source's own number for a membership, where it has one: a newer version of it replaces the older.
alter table organisations.membership add column said_key text;
create index membership_key on organisations.membership (said_key) where said_key is not null and withdrawn_by is null;

-- Events of one day count in this order.
alter table organisations.succession add column place_in_day integer not null default 0;
