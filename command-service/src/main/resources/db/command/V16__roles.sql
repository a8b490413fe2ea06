-- What the service may do with each table. The role that runs the migrations owns them; "service_role" is the role that
-- the service connects as. Both may be the same user, in a small installation: these statements then change nothing.

-- Events are appended and read, never changed. Not even their sequence can be reset.
grant select, insert on domain_event_entry to "${service_role}";
-- the service takes no snapshots; Axon looks for one before it loads a user
grant select on snapshot_event_entry to "${service_role}";

grant usage on sequence user_id_seq to "${service_role}";
grant select, insert, update on token_entry to "${service_role}";
grant select, insert, update, delete on user_key, credential, session to "${service_role}";
grant select, insert, delete on claim to "${service_role}";
grant select, insert, update (published_at) on erasure to "${service_role}";
grant select, insert, update, delete on relay_acknowledged, idempotency, throttle, known_address to "${service_role}";
grant select, insert, delete on tally, forgotten_password, security_event to "${service_role}";
grant select, insert, update, delete on refused_sign_in to "${service_role}";
grant select, insert, update on replay to "${service_role}";

-- Tables of later migrations. A migration that adds a table of which rows stay unchanged revokes update and delete.
alter default privileges in schema public grant select, insert, update, delete on tables to "${service_role}";
alter default privileges in schema public grant usage on sequences to "${service_role}";
