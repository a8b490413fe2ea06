package app.users.system;

import app.users.testservers.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Looks into the PostgreSQL database of the command service. */
record EventStore(TestServers.Database database) {

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

    /** Lets time pass for the user's sessions: moves a column of theirs into the past. */
    void moveSessions(long user, String column, String interval) {
        execute("UPDATE session SET %s = %s - interval '%s' WHERE user_id = %d".formatted(column, column, interval, user));
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

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
