package app.users.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL 17 as a process of its own, which is started again when it ends unasked. What it has acknowledged is on the
 * disk. It listens on 127.0.0.1 only, opens no Unix socket, and every connection needs a password.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    /** After a kill its child processes need a moment to notice; until then it does not start. */
    static final int MOST_RESTARTS = 10;

    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(10);
    private static final Duration PAUSE_BEFORE_RESTART = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String RULES = """
            # Written at the start of Users: a password for every connection.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final PostgresPrograms programs;
    private final Path data;
    private final int port;
    private final PostgresPasswords passwords;
    private final Duration pauseBeforeRestart;
    private volatile boolean closed;

    PostgresServer(
            PostgresPrograms programs, Path data, int port, PostgresPasswords passwords, Duration pauseBeforeRestart) {
        this.programs = programs;
        this.data = data;
        this.port = port;
        this.passwords = passwords;
        this.pauseBeforeRestart = pauseBeforeRestart;
    }

    /**
     * Starts it with the roles of {@link PostgresRoles}. The data of an earlier version, which needed no password, is
     * taken over.
     *
     * @param folder keeps the data, the programs and the log; one process at a time may use it
     */
    public static PostgresServer start(Path folder, int port, PostgresPasswords passwords) {
        Path home = folder.toAbsolutePath();
        Path data = home.resolve("data");
        try {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            Postmaster earlier = new Postmaster(data);
            if (!earlier.isRunning()) {
                checkPort(port);
            }
            PostgresPrograms programs = PostgresPrograms.in(home, log(data));
            PostgresServer server = new PostgresServer(programs, data, port, passwords, PAUSE_BEFORE_RESTART);
            earlier.end(programs);
            programs.deleteOthers();
            checkPort(port);
            server.prepareData();
            server.start();
            return server;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "PostgreSQL did not start; see %s (%s)".formatted(log(data), e.getMessage()), e);
        }
    }

    private static void checkPort(int port) {
        PortTaken.check("PostgreSQL", port, "users.embedded.postgres.port");
    }

    private void prepareData() throws IOException {
        CompleteFolder.deleteAbandoned(data);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            CompleteFolder.make(data, this::initialise);
        } else if (!RULES.equals(Files.readString(rules(data)))) {
            takeOver();
        }
    }

    private void initialise(Path empty) throws IOException {
        Path password = data.resolveSibling("password.part");
        try {
            Files.deleteIfExists(password);
            Files.createFile(
                    password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, passwords.superuser());
            // the same whatever the locale of the first start
            programs.run(
                    "initdb",
                    "--pgdata=" + empty,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-sync");
        } finally {
            Files.deleteIfExists(password);
        }
        Files.writeString(rules(empty), RULES);
    }

    /** Sets the password while no one can connect; if this is cut off, the next start does it again. */
    private void takeOver() throws IOException {
        String password = "alter role %s password '%s'\n".formatted(SUPERUSER, passwords.superuser());
        programs.feed(password, "postgres", "--single", "-D", data, "postgres");
        Path unfinished = data.resolve("pg_hba.conf.part");
        Files.writeString(
                unfinished,
                RULES,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(unfinished, rules(data), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path rules(Path data) {
        return data.resolve("pg_hba.conf");
    }

    private static Path log(Path data) {
        return data.resolveSibling("postgres.log");
    }

    private void start() throws IOException, SQLException {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                + " -c max_connections=64 -c timezone=UTC"
                + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on";
        programs.run(
                "pg_ctl",
                "-D",
                data,
                "-o",
                options,
                "-l",
                log(data),
                "-t",
                // after a crash it may have much to recover
                LONGEST_RECOVERY.toSeconds(),
                "-w",
                "start");
        try (Connection superuser = superuser(SUPERUSER)) {
            PostgresRoles.create(superuser, passwords);
        } catch (SQLException e) {
            new Postmaster(data).end(programs);
            throw e;
        }
    }

    /**
     * From now on starts it again whenever it ends unasked; gives up after {@value #MOST_RESTARTS} starts in a row that failed.
     *
     * @param failed is called with the reason when it gave up
     */
    public void keepRunning(Consumer<Exception> failed) {
        Thread.ofPlatform().daemon().name("postgres-watch").start(() -> {
            try {
                do {
                    new Postmaster(data).awaitEnd();
                } while (restarted());
            } catch (IOException | SQLException | RuntimeException e) {
                failed.accept(new IllegalStateException(
                        "PostgreSQL ended and did not start again; see %s (%s)".formatted(log(data), e.getMessage()),
                        e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** It will end, since the whole process does. */
    public void stopWatching() {
        closed = true;
    }

    /** False if it ended because it was closed. */
    private boolean restarted() throws IOException, SQLException, InterruptedException {
        for (int tries = 1; ; tries++) {
            Thread.sleep(pauseBeforeRestart);
            try {
                synchronized (this) {
                    if (closed) {
                        return false;
                    }
                    new Postmaster(data).end(programs);
                    start();
                }
                LOG.warn("PostgreSQL ended and was started again. Its log: {}", log(data));
                return true;
            } catch (IOException | SQLException e) {
                if (tries == MOST_RESTARTS) {
                    throw new IOException(
                            "%d starts failed, the last one because %s".formatted(tries, e.getMessage()), e);
                }
            }
        }
    }

    /** Connects to a database as the superuser, who is there to create roles and databases. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, passwords.superuser());
    }

    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public PostgresPasswords passwords() {
        return passwords;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            new Postmaster(data).end(programs);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
