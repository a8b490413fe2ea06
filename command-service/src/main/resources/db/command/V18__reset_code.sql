-- A wish also says from which network it came (keyed hash), and which request it becomes.
alter table forgotten_password
    add column network bytea not null default '',
    add column request varchar(64) not null default gen_random_uuid()::text;

-- The last code of each user that resets the password, as a keyed hash: a wrong code is refused without loading the user, so that
-- it costs the same whether somebody has the email or not. known: it was asked for from a network that the user signs in from.
create table reset_code (
    user_id    bigint primary key,
    request    varchar(64) not null,
    code       bytea       not null,
    expires_at timestamptz not null,
    known      boolean     not null
);
create index reset_code_age on reset_code (expires_at);
