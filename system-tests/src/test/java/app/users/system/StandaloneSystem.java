package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.testservers.PostgresPrograms;
import app.users.testservers.TestServers;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The three services in one process on the servers that come along. It can be ended and started again on its data. */
public final class StandaloneSystem implements RunningSystem {

    private static final String CHECK_WITHIN = "--users.relay.check-within=";

    /** An AOT cache of the loaded classes. The first start writes it; every later one takes about a third less CPU. */
    private static final class Cache {

        private static final Path FILE = recorded();

        private static Path recorded() {
            Path file = Path.of(System.getProperty("basedir", ""), "target", "standalone.aot")
                    .toAbsolutePath();
            try (StandaloneSystem system =
                    new StandaloneSystem(List.of("-XX:AOTCacheOutput=" + file), false, List.of())) {
                system.awaitReady();
                PostgresPrograms.keep(system.data.resolve("postgres"));
                system.process.requestEnd();
                system.process.exitCode();
            }
            return file;
        }
    }

    private final int port = Ports.free();
    private final int management = Ports.free();
    private final int postgres = Ports.free();
    private final int kafka = Ports.free();
    private final int controller = Ports.free();
    private final int mongo = Ports.free();
    private final int smtp = Ports.free();
    private final int imap = Ports.free();
    private final int page = Ports.free();
    private final Path data;
    private final List<String> options;
    private JavaProcess process;

    private StandaloneSystem(boolean unpacked, List<String> furtherArguments) {
        this(List.of("-XX:AOTCache=" + Cache.FILE, "-Xlog:aot*=off"), unpacked, furtherArguments);
    }

    /**
     * @param options of the JVM
     * @param unpacked whether it finds PostgreSQL's programs unpacked
     */
    private StandaloneSystem(List<String> options, boolean unpacked, List<String> furtherArguments) {
        this.options = options;
        try {
            data = Files.createTempDirectory("users-standalone");
            if (unpacked) {
                PostgresPrograms.linkInto(data.resolve("postgres"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = launch(furtherArguments);
    }

    /** Starts it on an empty folder and waits for nothing. */
    static StandaloneSystem launchOnly(String... furtherArguments) {
        return new StandaloneSystem(false, List.of(furtherArguments));
    }

    public static StandaloneSystem start(String... furtherArguments) {
        StandaloneSystem system = new StandaloneSystem(true, List.of(furtherArguments));
        try {
            system.awaitReady();
            return system;
        } catch (RuntimeException | AssertionError e) {
            system.close();
            throw e;
        }
    }

    /** Starts it again on the data that the ended process has left. */
    public void restart(String... furtherArguments) {
        relaunch(furtherArguments);
        awaitReady();
    }

    /** Starts it again and waits for nothing. */
    public void relaunch(String... furtherArguments) {
        process = launch(List.of(furtherArguments));
    }

    /** Runs a command on the data of the stopped system, and answers what it printed. */
    String run(String command) {
        try (JavaProcess once = another(command)) {
            assertThat(once.exitCode()).as(once.output()).isZero();
            return once.output();
        }
    }

    /** One more process on the same data. */
    JavaProcess another(String... arguments) {
        return start(Stream.concat(Stream.of(arguments), Stream.of("--users.data=" + data))
                .toList());
    }

    /** Whether the process is still there. */
    boolean isRunning() {
        return process.isAlive();
    }

    public Path data() {
        return data;
    }

    int stop() {
        return process.stop();
    }

    /** Waits until it has ended by itself. */
    int exitCode() {
        return process.exitCode();
    }

    public void kill() {
        process.kill();
    }

    private JavaProcess launch(List<String> furtherArguments) {
        List<String> arguments = new ArrayList<>(List.of(
                "--users.data=" + data,
                "--server.port=" + port,
                "--management.server.port=" + management,
                "--users.embedded.postgres.port=" + postgres,
                "--users.embedded.kafka.port=" + kafka,
                "--users.embedded.kafka.controller-port=" + controller,
                "--users.embedded.mongo.port=" + mongo,
                "--users.embedded.mail.smtp-port=" + smtp,
                "--users.embedded.mail.imap-port=" + imap,
                "--users.embedded.mail.page-port=" + page));
        if (furtherArguments.stream().noneMatch(argument -> argument.startsWith(CHECK_WITHIN))) {
            // tests count what is on the topic
            arguments.add(CHECK_WITHIN + "0s");
        }
        arguments.addAll(GenerousLimits.except(furtherArguments));
        arguments.addAll(furtherArguments);
        return start(arguments);
    }

    private JavaProcess start(List<String> arguments) {
        List<String> program = new ArrayList<>(options);
        program.add("-jar");
        program.add(JavaProcess.jar("standalone", "target/app", "standalone-.*\\.jar")
                .toString());
        return JavaProcess.start("standalone", program, arguments);
    }

    public void awaitReady() {
        awaitPrinted("Ready:");
    }

    void awaitPrinted(String part) {
        process.awaitReady(() -> process.output().contains(part));
    }

    @Override
    public URI users() {
        return URI.create("http://127.0.0.1:" + port + "/users/");
    }

    public URI management() {
        return URI.create("http://127.0.0.1:" + management + "/actuator/");
    }

    @Override
    public TestServers.Database eventStore() {
        return new TestServers.Database(
                jdbcUrl(),
                "users_command",
                secret("postgres.service-password"),
                "users_owner",
                secret("postgres.owner-password"));
    }

    Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), "postgres", secret("postgres.superuser-password"));
    }

    private String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres + "/postgres";
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + kafka;
    }

    @Override
    public String mongoUri() {
        return "mongodb://127.0.0.1:" + mongo;
    }

    @Override
    public Mails mails() {
        return new Mails(URI.create("http://127.0.0.1:" + page + "/mails.json"));
    }

    @Override
    public List<URI> doors() {
        return List.of(users().resolve("/"));
    }

    @Override
    public List<URI> managements() {
        return List.of(management());
    }

    @Override
    public String managementToken() {
        return secret("users.management.token");
    }

    @Override
    public String hashKey() {
        return secret("users.hash-key");
    }

    @Override
    public String signingKey() {
        return secret("users.token.signing-key");
    }

    private String secret(String name) {
        try {
            Properties secrets = new Properties();
            secrets.load(new StringReader(Files.readString(data.resolve("secrets.properties"))));
            return secrets.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String printed() {
        return process.output();
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public void close() {
        try {
            process.close();
        } finally {
            endOrphanedDatabase();
            deleteData(".");
        }
    }

    /** A killed process leaves its PostgreSQL running, for the next start to take over; here none may follow. */
    private void endOrphanedDatabase() {
        postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The process of its PostgreSQL. */
    Optional<ProcessHandle> postmaster() {
        Path pid = data.resolve("postgres/data/postmaster.pid");
        try {
            return Files.exists(pid)
                    ? ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param folder of the data; "." for all of it */
    void deleteData(String folder) {
        try {
            FileSystemUtils.deleteRecursively(data.resolve(folder).normalize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
