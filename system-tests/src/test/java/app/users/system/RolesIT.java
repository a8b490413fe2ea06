package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.users.testservers.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PostgreSQL roles of a running system. */
@ExtendWith(Systems.Shared.class)
@TestInstance(Lifecycle.PER_CLASS)
class RolesIT {

    private final StandaloneSystem system;
    private final long user;

    RolesIT(Systems systems) {
        // nobody else connects to its database
        system = systems.get(Setup.STRICT);
        Client client = Guest.of(system).client();
        client.patch("user/", "{\"surname\":\"Changed\"}").expect(200);
        user = client.id();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update domain_event_entry set payload = '{}'",
                "update domain_event_entry set meta_data = '{}' where false",
                "delete from domain_event_entry",
                "truncate domain_event_entry",
                "select 1 from domain_event_entry for update",
                "merge into domain_event_entry using (select 1) on true when matched then delete",
                "alter table domain_event_entry disable trigger all",
                "alter table domain_event_entry disable trigger events_are_immutable",
                "drop trigger events_are_immutable on domain_event_entry",
                "create trigger other before insert on domain_event_entry execute function refuse_change()",
                "create rule other as on insert to domain_event_entry do instead nothing",
                "alter table domain_event_entry owner to users_command",
                "alter table domain_event_entry add column other text",
                "drop table domain_event_entry",
                "drop function refuse_change() cascade",
                "alter function refuse_change() owner to users_command",
                "create or replace function refuse_change() returns trigger language plpgsql as 'begin return old; end'",
                "select setval('user_id_seq', 1)",
                "select nextval('domain_event_entry_global_index_seq')",
                "alter sequence domain_event_entry_global_index_seq restart",
                "set session_replication_role = replica",
                "set role users_owner",
                "set role postgres",
                "grant users_owner to users_command",
                "alter role users_command superuser",
                "create role other",
                "create table other (id int)",
                "create temporary table other (id int)",
                "create schema other",
                "create function other() returns int language sql as 'select 1'",
                "drop schema public cascade",
                "alter database postgres owner to users_command",
                "copy domain_event_entry to program 'cat'",
                "copy domain_event_entry to '/tmp/other'",
                "select pg_read_file('postgresql.conf')",
                "alter system set fsync = off",
                "update erasure set receipt = ''",
                "delete from erasure",
                "delete from command_schema_history",
            })
    void theServiceMayNot(String statement) throws SQLException {
        TestServers.Database database = system.eventStore();
        try (Connection service =
                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> execute(service, statement))
                    .withMessageMatching("(?s)ERROR: (permission denied|must be owner).*");
        }
        assertThat(new EventStore(database).eventsOf(user)).hasSize(2);
    }

    /** The owner may change tables, for migrations; the trigger refuses a change of events all the same. */
    @Test
    void theOwnerDoesNotChangeEventsByMistake() throws SQLException {
        try (Connection owner = system.eventStore().connectAsOwner()) {
            for (String change : List.of("update domain_event_entry set type = ''", "delete from domain_event_entry")) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> execute(owner, change))
                        .withMessageContaining("events are never changed or deleted");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "users_owner", "users_command"})
    void noOneConnectsWithoutThePassword(String role) {
        String url = system.eventStore().jdbcUrl();
        for (String password : List.of("", role)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() ->
                            DriverManager.getConnection(url, role, password).close())
                    .withMessageContaining("password");
        }
    }

    @Test
    void theServiceConnectsAsItsOwnRole() throws SQLException {
        try (Connection superuser = system.connectAsSuperuser();
                Statement statement = superuser.createStatement();
                var roles = statement.executeQuery("select distinct usename from pg_stat_activity where"
                        + " backend_type = 'client backend' and pid <> pg_backend_pid()")) {
            assertThat(roles.next()).isTrue();
            assertThat(roles.getString(1)).isEqualTo("users_command");
            assertThat(roles.next()).isFalse();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
