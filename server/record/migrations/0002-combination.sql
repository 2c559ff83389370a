-- Each set of counted tokens that a resource carries. The tally counts how many resources carry exactly this set, so the total
-- of any and, or and not of codes is a sum over a few sets.
create table record.combination (
  token bigint not null,
  type smallint not null,
  tokens bigint[] not null,
  primary key (token)
);

create index combination_tokens on record.combination using gin (tokens);
create index combination_type on record.combination (type);

-- One statement at a time, because Citus hands the text around a change of a spread table to its machines whole.
do $$
begin
  -- The set of a current row; null when the row is deleted.
  execute 'alter table record.resource add column combination bigint';

  -- Rows from before: the type plus all counted tokens, each half added by itself.
  execute 'update record.resource r
    set combination = (
      select ((coalesce(sum(token >> 32), 0)::bigint & 4294967295) << 32)
          | ((coalesce(sum(token & 4294967295), 0)::bigint + r.type) & 4294967295)
      from unnest(r.tokens) token
      where token & 1 = 1
    )
    where not r.deleted';

  -- Dates with what a question of codes in a range of dates needs, so that the index answers it.
  execute 'drop index record.resource_date';
  execute 'create index resource_date on record.resource (type, date_low, date_high, combination) where date_low is not null';

  -- Ranges that end long after they begin. All others are found by their beginning alone.
  execute 'create index resource_long on record.resource (type, date_high, date_low, combination)
    where (date_high at time zone ''UTC'') > (date_low at time zone ''UTC'') + interval ''32 days''';

  -- Who has a Patient resource (type 103), from the index alone.
  execute 'create index resource_patient on record.resource (patient_id, combination) where type = 103 and not deleted';
end
$$;

insert into record.combination (token, type, tokens)
select r.combination, min(r.type), min(array(select token from unnest(r.tokens) token where token & 1 = 1 order by token)::text)::bigint[]
from record.resource r
where r.combination is not null
group by r.combination;

insert into record.tally (token, id, n)
select r.combination, '00000000-0000-7000-8000-000000000002'::uuid, count(*)
from record.resource r
where r.combination is not null
group by r.combination;
