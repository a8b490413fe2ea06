-- an index over all users may take longer than other transactions do
set local transaction_timeout = 0;

-- Which master key each user's key is wrapped under, by its fingerprint; null when that was not written down.
alter table user_key add column master_key varchar(8);
create index user_key_of_master_key on user_key (coalesce(master_key, ''), user_id);
