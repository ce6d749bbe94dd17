-- Temporary tables for the rows from Python; they are dropped when the transaction ends.
create temp table scale_users (
  n integer primary key, id uuid, email text, first_name text, last_name text, location text, job_title text, plan text, age float8
) on commit drop;
create temp table scale_resumes (
  n integer primary key, id uuid, user_n integer, title text, content jsonb, status text, versions integer, age float8,
  edited float8, binned boolean
) on commit drop;
create temp table scale_postings (
  n integer primary key, title text, company text, description text, location text, salary_range text, employment_type text,
  extracted_data jsonb, source_url text
) on commit drop;
create temp table scale_jobs (
  n integer primary key, id uuid, user_n integer, posting_n integer, status text, age float8, binned boolean
) on commit drop;

-- Pseudo-random values: the same row number and salt always give the same value.
create function pg_temp.pick(n bigint, salt integer, size integer) returns integer
language sql immutable
return (abs(hashint8extended(n, salt) % size))::integer;
create function pg_temp.share(n bigint, salt integer) returns float8
language sql immutable
return pg_temp.pick(n, salt, 1000000) / 1000000.0;
