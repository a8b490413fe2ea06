package app.users.system;

import app.users.testservers.TestServers;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Looks into the PostgreSQL database of the command service. */
record EventStore(TestServers.Database database) {

    /** A test may ask after each of thousands of requests, and a new connection takes longer than the question. */
    private static final Map<TestServers.Database, HikariDataSource> POOLS = new ConcurrentHashMap<>();

    /** A row of the event store. */
    record Row(long sequence, String type) {}

    List<Row> eventsOf(long user) {
        String select = """
                SELECT sequence_number, payload_type FROM domain_event_entry
                WHERE aggregate_identifier = ? ORDER BY sequence_number""";
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, Long.toString(user));
            ResultSet found = statement.executeQuery();
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(new Row(found.getLong(1), found.getString(2)));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of the tables that have the text in any row, in clear or as plain bytes. */
    List<String> tablesThatContain(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        List<String> found = new ArrayList<>();
        try (Connection connection = connect()) {
            for (String table : tables(connection)) {
                String count =
                        "SELECT count(*) FROM \"%s\" t WHERE position(? IN lower(t::text)) > 0 OR position(? IN t::text) > 0";
                try (PreparedStatement statement = connection.prepareStatement(count.formatted(table))) {
                    statement.setString(1, text.toLowerCase(Locale.ROOT));
                    statement.setString(2, hex);
                    ResultSet rows = statement.executeQuery();
                    if (rows.next() && rows.getLong(1) > 0) {
                        found.add(table);
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The database transactions that have written the user's events. */
    Set<String> transactionsOf(long user) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT xmin::text FROM domain_event_entry WHERE aggregate_identifier = ?")) {
            statement.setString(1, Long.toString(user));
            ResultSet found = statement.executeQuery();
            Set<String> transactions = new TreeSet<>();
            while (found.next()) {
                transactions.add(found.getString(1));
            }
            return transactions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets time pass for the user's sessions: moves a column of theirs into the past. */
    void moveSessions(long user, String column, String interval) {
        execute("UPDATE session SET %s = %s - interval '%s' WHERE user_id = %d"
                .formatted(column, column, interval, user));
    }

    /** Gives the user many more sessions, each some seconds older than the one before. */
    void multiplySessions(long user, int times) {
        execute("""
                INSERT INTO session (id, user_id, generation, secret_hash, created_at, rotated_at, expires_at, client)
                SELECT gen_random_uuid(), user_id, 0, '', created_at - n * interval '1 second', rotated_at, expires_at, client
                FROM (SELECT * FROM session WHERE user_id = %d LIMIT 1) s, generate_series(1, %d) n""".formatted(user, times));
    }

    /** Whether what is stored about the user can still be decrypted. */
    boolean holdsKeyOf(long user) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery("SELECT 1 FROM user_key WHERE user_id = " + user)
                    .next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets time pass for the answers that are kept under a key. */
    void letAnswersAge(String interval) {
        execute("UPDATE idempotency SET stored_at = stored_at - interval '%s'".formatted(interval));
    }

    /** What the action answers while nobody else can touch the table. */
    <T> T whileLocked(String table, Supplier<T> action) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            T result = action.get();
            connection.rollback();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a transaction waits for what {@link #whileLocked} holds. */
    boolean isWaitedFor(String table) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery(
                            "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '%s'::regclass".formatted(table))
                    .next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the action answers while whoever has to keep an answer for a repetition must wait. */
    <T> T whileNoAnswerCanBeKept(Supplier<T> action) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE idempotency IN EXCLUSIVE MODE");
            T result = action.get();
            connection.rollback();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String update) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(update);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    /** As the owner of the tables: the service's role may not do what tests do to rows. */
    private Connection connect() throws SQLException {
        return POOLS.computeIfAbsent(database, EventStore::pool).getConnection();
    }

    private static HikariDataSource pool(TestServers.Database database) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.owner());
        pool.setPassword(database.ownerPassword());
        // those of a system that has ended hold nothing
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        return pool;
    }
}
