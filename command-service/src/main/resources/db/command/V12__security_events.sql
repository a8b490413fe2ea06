-- What happened at the door and is not yet on the topic users.security. No password, token or code; addresses encrypted.
create table security_event (
    id      bigint generated always as identity primary key,
    event   uuid         not null,
    type    varchar(64)  not null,
    subject varchar(64)  not null,
    at      timestamptz  not null,
    data    jsonb        not null
);

-- Sign-ins that were refused, by identifier, address and minute, until the minute is over.
create table refused_sign_in (
    reason     varchar(16) not null,
    identifier bytea       not null,
    network    bytea       not null,
    minute     timestamptz not null,
    user_id    bigint,
    client     bytea,
    count      bigint      not null,
    primary key (reason, identifier, network, minute)
);

-- served no query, and cost each sign-in
drop index session_expiry;
