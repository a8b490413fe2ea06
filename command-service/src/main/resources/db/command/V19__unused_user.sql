-- Whether anybody ever signed in. Of users who are there already it is not known, so they count as used.
alter table credential add column used boolean not null default true;
alter table credential alter column used set default false;
alter table credential add column created_at timestamptz;
alter table credential alter column created_at set default now();

create index credential_unused on credential (created_at) where not used;
