-- Only the owner of an index may put in its place what was written to it lately. The account that writes owns nothing: it asks for
-- this, and for nothing else of the owner.
create function record.tidy_token_indexes() returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(sum(gin_clean_pending_list(i.indexrelid)), 0)::bigint
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_am a on a.oid = c.relam
    where a.amname = 'gin'
      and c.relnamespace = 'record'::regnamespace
$$;

revoke all on function record.tidy_token_indexes() from public;
