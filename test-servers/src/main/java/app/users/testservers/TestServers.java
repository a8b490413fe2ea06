package app.users.testservers;

import app.users.embedded.PostgresPasswords;
import app.users.embedded.PostgresRoles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Started once per JVM when first asked for, stopped at its end; every call for a database gets an empty one. */
public final class TestServers {

    /**
     * A PostgreSQL database with the two roles that an installation has.
     *
     * @param user what the service connects as; it has the rights of the migrations and no others
     * @param owner owns the tables: what migrations run as, and what a test changes rows as
     */
    public record Database(String jdbcUrl, String user, String password, String owner, String ownerPassword) {

        public Connection connectAsOwner() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, owner, ownerPassword);
        }
    }

    static final PostgresPasswords PASSWORDS =
            new PostgresPasswords("superuser-for-tests-only", "owner-for-tests-only-000", "service-for-tests-only-0");

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private TestServers() {}

    /** A new, empty database. One after the other, because all databases of a server share its roles. */
    public static synchronized Database postgres() {
        String name = "test" + COUNTER.incrementAndGet();
        try {
            try (Connection superuser = Servers.CHOSEN.superuser("postgres");
                    Statement statement = superuser.createStatement()) {
                statement.execute("create database " + name);
            }
            try (Connection superuser = Servers.CHOSEN.superuser(name)) {
                PostgresRoles.create(superuser, PASSWORDS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        return new Database(
                url(Servers.CHOSEN.postgresUrl(), name),
                PostgresRoles.SERVICE,
                PASSWORDS.service(),
                PostgresRoles.OWNER,
                PASSWORDS.owner());
    }

    /** Connects to a database of this class as the superuser, for what the owner may not do either. */
    public static Connection superuser(Database database) throws SQLException {
        return Servers.CHOSEN.superuser(database.jdbcUrl().replaceFirst(".*/([^/?]*).*", "$1"));
    }

    /** The same server's address of another database. */
    static String url(String other, String database) {
        return other.replaceFirst("/[^/?]*($|\\?)", "/" + database + "$1");
    }

    /** A port that no program listens on. */
    public static int freePort() {
        return EmbeddedTestServers.freePort();
    }

    /** Bootstrap servers of one broker. */
    public static String kafka() {
        return Servers.CHOSEN.kafka();
    }

    /** An empty broker for the caller alone, on this machine even where there are containers: its files can be read. */
    public static LocalKafka localKafka() {
        return EmbeddedTestServers.localKafka();
    }

    /** A broker with TLS, passwords and rights, for the caller alone. */
    public static SecuredKafka securedKafka() {
        return EmbeddedTestServers.securedKafka();
    }

    /** The address of one server; choose a database name of your own. */
    public static String mongoUri() {
        String named = System.getProperty("test.mongo", "");
        return named.isEmpty() ? Servers.CHOSEN.mongoUri() : named;
    }

    /** The address of one mail server. */
    public static Mailbox mail() {
        return Servers.CHOSEN.mail();
    }
}
