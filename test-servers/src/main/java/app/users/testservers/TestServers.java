package app.users.testservers;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Started once per JVM when first asked for, stopped at its end; every call for a database gets an empty one. */
public final class TestServers {

    /** Where a fresh, empty PostgreSQL database is. */
    public record Database(String jdbcUrl, String user, String password) {}

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private TestServers() {}

    public static Database postgres() {
        String name = "test" + COUNTER.incrementAndGet();
        Database server = Servers.CHOSEN.postgres();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        int slash = server.jdbcUrl().lastIndexOf('/');
        String query = server.jdbcUrl().replaceFirst("[^?]*", "");
        return new Database(server.jdbcUrl().substring(0, slash + 1) + name + query, server.user(), server.password());
    }

    /** Bootstrap servers of one broker. */
    public static String kafka() {
        return Servers.CHOSEN.kafka();
    }

    /** An empty broker for the caller alone, on this machine even where there are containers: its files can be read. */
    public static LocalKafka localKafka() {
        return EmbeddedTestServers.localKafka();
    }

    /** The address of one server; choose a database name of your own. */
    public static String mongoUri() {
        return Servers.CHOSEN.mongoUri();
    }

    /** The address of one mail server. */
    public static Mailbox mail() {
        return Servers.CHOSEN.mail();
    }
}
