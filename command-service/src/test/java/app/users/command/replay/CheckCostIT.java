package app.users.command.replay;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.CommandDatabase;
import app.users.command.replay.ReplayTable.First;
import app.users.testservers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One pass over all users reads each first event once, by an index, however many users and events there are. */
class CheckCostIT {

    /** The long form: {@code -Dchecks.users=1000000}. Each user has three events. */
    private static final int USERS = Integer.getInteger("checks.users", 10_000);

    private static final int STEP = 500;

    private final Connection connection = connect();
    private final JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    private final ReplayTable table = new ReplayTable(jdbc, Clock.systemUTC());

    private static Connection connect() {
        TestServers.Database database = TestServers.postgres();
        CommandDatabase.migrate(database);
        try {
            return database.connectAsOwner();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void fill() {
        jdbc.update("""
                insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                                                payload_type, payload, meta_data)
                select gen_random_uuid()::text, n % ?, n / ?, 'User', '', 'user.registered.v1', '{}', '{}'
                from generate_series(0, ?) n""", USERS, USERS, 3 * USERS - 1);
        jdbc.execute("analyze domain_event_entry");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aPassReadsEachFirstEventOnceByAnIndex() {
        long last = table.lastPosition();
        long scans = statistic("seq_scan");
        long fetched = statistic("idx_tup_fetch");
        int users = 0;
        long next = 0;
        for (List<First> step = table.users(next, last, STEP); !step.isEmpty(); step = table.users(next, last, STEP)) {
            users += step.size();
            next = step.getLast().position() + 1;
        }
        assertThat(users).isEqualTo(USERS);
        assertThat(statistic("seq_scan") - scans).as("scans of the whole table").isZero();
        assertThat(statistic("idx_tup_fetch") - fetched).as("rows fetched").isLessThan(USERS + 100);
    }

    @Test
    void theFirstEventFromAPositionOnIsFoundByAnIndex() {
        long scans = statistic("seq_scan");
        assertThat(table.firstSequence("17", table.lastPosition() / 2)).contains(2L);
        assertThat(table.addOfUser(Replay.Kind.USER, 17, 1)).isPresent();
        assertThat(statistic("seq_scan") - scans).as("scans of the whole table").isZero();
    }

    private long statistic(String column) {
        jdbc.execute("select pg_stat_force_next_flush()");
        jdbc.execute("select pg_stat_clear_snapshot()");
        return jdbc.queryForList(
                        "select coalesce(" + column
                                + ", 0) from pg_stat_user_tables where relname = 'domain_event_entry'",
                        Long.class)
                .getFirst();
    }
}
