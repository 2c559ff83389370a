-- When somebody gave an NHS number and a date of birth that do not belong together: who tries much is made to wait. It holds nothing of
-- what was tried.
create table access.wrong_pair (
  user_id text not null,
  try_id uuid not null,
  tried timestamptz not null,
  primary key (user_id, try_id)
);
