-- Token buckets: how much of each limit is left. Ids are keyed hashes.
create table throttle (
    id         varchar(64) primary key,
    state      bytea,
    expires_at bigint
);
create index throttle_expiry on throttle (expires_at);

-- From where each person has signed in lately, as keyed hashes.
create table known_address (
    user_id bigint      not null,
    address bytea       not null,
    used_at timestamptz not null,
    primary key (user_id, address)
);
create index known_address_age on known_address (used_at);
