-- Wishes to set a new password, by the keyed hash of an email, until they have been looked at.
create table forgotten_password (
    id       bigint generated always as identity primary key,
    hash     bytea       not null,
    language varchar(8)  not null,
    at       timestamptz not null
);
