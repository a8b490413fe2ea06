-- The answers given under an Idempotency-Key, for a day. Keys and bodies are keyed hashes; an answer with personal data
-- is encrypted under its user's key.
create table idempotency (
    key         bytea       primary key,
    fingerprint bytea       not null,
    user_id     bigint      not null,
    answer      bytea       not null,
    sealed      boolean     not null,
    stored_at   timestamptz not null
);
create index idempotency_of_user on idempotency (user_id);
create index idempotency_age on idempotency (stored_at);
