-- an index over all first events may take longer than other transactions do
set local transaction_timeout = 0;

-- A replay sends the history of one user after the other, each to its end. So the records of no user stop before the last
-- version, however the replay ends. The users whose turn is next, from next_index to claimed_index, are stored before the
-- first of their records is sent: whatever was begun is finished.
--
-- from_index: only events at this position of the store or later are sent
-- next_index, claimed_index, last_index: positions of users, which are those of their first events
-- next_sequence: the first event to send of the user at next_index
alter table replay
    add column kind          text   not null default 'all' check (kind in ('all', 'check', 'user', 'erasure')),
    add column from_index    bigint not null default 0,
    add column next_sequence bigint not null default 0,
    add column claimed_index bigint not null default -1;
update replay set from_index = next_index, next_index = 0 where ended_at is null;

drop index one_replay_at_a_time;
create unique index one_replay_at_a_time on replay (kind) where ended_at is null and kind in ('all', 'check');
create unique index one_erasure_at_a_time on replay (last_index) where ended_at is null and kind = 'erasure';
create index replay_under_way on replay (id) where ended_at is null;
create index first_event_of_user on domain_event_entry (global_index) where sequence_number = 0;
create index erasure_by_time on erasure (erased_at);
create index erasure_without_receipt on erasure (erased_at) where published_at is null;
