-- Areas: small ones (LSOAs) and what they lie in. Bodies stand in organisations.organisation; here is which body is responsible for
-- which small area, and what is known of each.

create table organisations.area (
  fact_id uuid not null primary key,
  code text not null,
  kind text not null check (kind in ('lsoa', 'ward', 'local-authority', 'region')),
  name text not null,
  ward_code text,
  local_authority_code text,
  region_code text,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index area_code on organisations.area (code) where withdrawn_by is null;
create index area_of_authority on organisations.area (local_authority_code, code) where withdrawn_by is null;

create table organisations.responsibility (
  fact_id uuid not null primary key,
  area_code text not null,
  body_id uuid not null,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  check (valid_from < valid_to)
);
create index responsibility_of on organisations.responsibility (area_code) where withdrawn_by is null;

-- Which LSOA of the 2021 census stands for which of 2011. change: U unchanged, S split, M merged, X neither.
create table organisations.lsoa_change (
  lsoa11_code text not null,
  lsoa21_code text not null,
  change text not null check (change in ('U', 'S', 'M', 'X')),
  said_by uuid not null,
  withdrawn_by uuid,
  primary key (lsoa11_code, lsoa21_code, said_by)
);
create index lsoa_change_of on organisations.lsoa_change (lsoa21_code) where withdrawn_by is null;

-- English indices of deprivation. Decile 1 is the most deprived tenth; ranks start at 1, the most deprived.
create table organisations.deprivation (
  area_code text not null,
  year smallint not null,
  decile smallint not null check (decile between 1 and 10),
  rank integer,
  score double precision,
  income_decile smallint,
  employment_decile smallint,
  education_decile smallint,
  health_decile smallint,
  crime_decile smallint,
  housing_decile smallint,
  environment_decile smallint,
  said_by uuid not null,
  withdrawn_by uuid,
  primary key (area_code, year, said_by)
);

create table organisations.rurality (
  area_code text not null,
  year smallint not null,
  code text not null,
  words text not null,
  is_urban boolean not null,
  said_by uuid not null,
  withdrawn_by uuid,
  primary key (area_code, year, said_by)
);

-- Usual residents from age age_from up to the next age_from of the same year.
create table organisations.population (
  area_code text not null,
  year smallint not null,
  age_from smallint not null,
  people integer not null check (people >= 0),
  said_by uuid not null,
  withdrawn_by uuid,
  primary key (area_code, year, age_from, said_by)
);

-- rings: [[[longitude, latitude], ...], ...], outer ones and holes alike, to be filled by the even-odd rule.
create table organisations.boundary (
  area_code text not null,
  edition text not null,
  rings jsonb not null,
  said_by uuid not null,
  withdrawn_by uuid,
  primary key (area_code, edition, said_by)
);

create table organisations.postcode (
  postcode text not null,
  lsoa_code text not null,
  valid_from date,
  valid_to date,
  said_by uuid not null,
  withdrawn_by uuid,
  primary key (postcode, lsoa_code, said_by)
);
