-- Stored events that are sent to the topic once more. Each step of it is one transaction, so it goes on after a restart.
create table replay (
    id         bigint      generated always as identity primary key,
    next_index bigint      not null,
    last_index bigint      not null,
    per_second integer     not null,
    sent       bigint      not null default 0,
    started_at timestamptz not null,
    ended_at   timestamptz,
    aborted    boolean     not null default false
);
create unique index one_replay_at_a_time on replay ((true)) where ended_at is null;
