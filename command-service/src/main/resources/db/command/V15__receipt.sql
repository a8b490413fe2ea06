-- When the topic had the tombstones of all that the user's events said.
alter table erasure add column published_at timestamptz;
create index erasure_of_user on erasure (user_id);
