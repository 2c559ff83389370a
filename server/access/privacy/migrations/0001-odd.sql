-- What an officer did about odd accesses of a user to a person. Nothing is changed: the last note says how it stands, up to its place.
create table access.odd_note (
  person_id uuid not null,
  user_id text not null,
  up_to bigint not null,
  state text not null check (state in ('asked', 'explained', 'upheld')),
  note text not null check (note <> ''),
  said_by text not null,
  said timestamptz not null,
  primary key (person_id, user_id, said)
);

create index choice_user on access.choice (user_id) where kind = 'blocks-user' and recorded_to is null;
