-- an index over all erasures may take longer than other transactions do
set local transaction_timeout = 0;

-- When the topic had the tombstones of all that the user's events said.
alter table erasure add column published_at timestamptz;
create index erasure_of_user on erasure (user_id);
