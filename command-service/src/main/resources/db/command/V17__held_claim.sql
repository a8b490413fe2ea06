-- A claim that its user gave up, but that nobody else may take until this time: the change of the email can be undone until then.
alter table claim add column held_until timestamptz;

create index claim_held on claim (held_until) where held_until is not null;
