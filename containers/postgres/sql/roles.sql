-- Creates the two PostgreSQL roles of the command service in the current database:
--   users_owner    owns the tables and runs the migrations
--   users_command  is what the service connects as; what it may do with each table is granted by the migrations
-- Run it as a superuser. It can run again at any time: it then sets the passwords and takes over new objects.
-- Before it, set users.owner_password and users.command_password for the session (roles.sh does that).
do $$
declare
    change text;
begin
    if to_regrole('users_owner') is null then
        create role users_owner;
    end if;
    if to_regrole('users_command') is null then
        create role users_command;
    end if;
    execute format('alter role users_owner with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
        ' password %L', current_setting('users.owner_password'));
    execute format('alter role users_command with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
        ' password %L', current_setting('users.command_password'));
    -- the relay waits for a gap in the sequence of events as long as a transaction may fill it
    alter role users_command set transaction_timeout = '5s';

    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to users_owner, users_command', current_database());
    revoke all on schema public from public;
    grant usage, create on schema public to users_owner;
    grant usage on schema public to users_command;

    -- what earlier versions created as the superuser; sequences of columns follow their table
    for change in
        select format('alter %s %s owner to users_owner',
            case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end,
            oid::regclass)
        from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
            and relowner <> 'users_owner'::regrole
            and not exists (
                select from pg_depend
                where classid = 'pg_class'::regclass and objid = pg_class.oid
                    and (deptype = 'e' or relkind = 'S' and deptype in ('a', 'i')))
        union all
        select format('alter routine %s owner to users_owner', oid::regprocedure)
        from pg_proc
        where pronamespace = 'public'::regnamespace and proowner <> 'users_owner'::regrole
            and not exists (
                select from pg_depend
                where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
    loop
        execute change;
    end loop;
end
$$;
