-- What a person is shown of their sessions: since when, and who holds it (encrypted under the user's key).
alter table session
    add column created_at timestamptz not null default now(),
    add column client     bytea;
alter table session alter column created_at drop default;
