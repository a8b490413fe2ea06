-- What the role of the service, "service_role", may do with each table. The role that runs the migrations owns them; both
-- may be the same user, in a small installation: then nothing changes. Flyway runs this file again when it has changed and
-- when another role is named.

-- From nothing, so that a right that is no longer listed here goes.
do $$
begin
    if current_user <> '${service_role}' then
        revoke all on all tables in schema public from "${service_role}";
    end if;
end
$$;

-- Events are appended and read, never changed. Not even their sequence can be reset.
grant select, insert on domain_event_entry to "${service_role}";
-- Of each user the newest snapshot is kept, until the erasure.
grant select, insert, delete on snapshot_event_entry to "${service_role}";

grant usage on sequence user_id_seq to "${service_role}";
grant select, insert, update on token_entry to "${service_role}";
grant select, insert, update, delete on user_key, credential, session to "${service_role}";
grant select, insert, update (user_id, held_until, unconfirmed_since), delete on claim to "${service_role}";
grant select, insert, update (published_at) on erasure to "${service_role}";
grant select, insert, update, delete on relay_acknowledged, idempotency, throttle, known_address to "${service_role}";
grant select, insert, delete on tally, forgotten_password, security_event to "${service_role}";
grant select, insert, update, delete on reset_code, refused_sign_in to "${service_role}";
grant select, insert, update, delete on replay to "${service_role}";

-- Every table that is not listed above, made before this file runs or after it; but not Flyway's own.
do $$
declare
    other regclass;
begin
    for other in
        select oid from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'command_schema_history'
            and not has_table_privilege('"${service_role}"'::regrole, oid, 'select')
    loop
        execute format('grant select, insert, update, delete on %s to "${service_role}"', other);
    end loop;
end
$$;
alter default privileges in schema public grant select, insert, update, delete on tables to "${service_role}";
alter default privileges in schema public grant usage on sequences to "${service_role}";
