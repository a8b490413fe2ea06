-- Codes sent, wrong tries and notices within 24 hours, each under a keyed hash of the user or address it was for.
-- They outlive the user, so that registering again buys nothing.
create table tally (
    id   bigint generated always as identity primary key,
    hash bytea       not null,
    at   timestamptz not null
);
create index tally_of_hash on tally (hash, at);
create index tally_age on tally (at);

drop table confirmation_count;
