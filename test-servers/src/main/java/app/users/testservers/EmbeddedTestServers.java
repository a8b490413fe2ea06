package app.users.testservers;

import app.users.embedded.DocumentServer;
import app.users.embedded.KafkaServer;
import app.users.embedded.MailServer;
import app.users.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/** The embedded servers on free ports, their data in a temporary folder that goes with the JVM. */
final class EmbeddedTestServers implements Servers {

    private static final Deque<AutoCloseable> STARTED = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger BROKERS = new AtomicInteger();
    private static final Path FOLDER = folder();

    private static final class Postgres {
        static final PostgresServer SERVER = closing(start(FOLDER.resolve("postgres")));

        private static PostgresServer start(Path folder) {
            PostgresPrograms.linkInto(folder);
            PostgresServer server = PostgresServer.start(folder, freePort(), TestServers.PASSWORDS);
            PostgresPrograms.keep(folder);
            return server;
        }
    }

    private static final class Kafka {
        static final KafkaServer SERVER = closing(KafkaServer.start(FOLDER.resolve("kafka"), freePort(), freePort()));
    }

    private static final class Mongo {
        static final DocumentServer SERVER = closing(DocumentServer.start(freePort()));
    }

    private static final class Mail {
        static final int SMTP = freePort();
        static final int PAGE = freePort();
        static final MailServer SERVER =
                closing(MailServer.start(FOLDER.resolve("mails"), MailServer.Doors.local(SMTP, freePort(), PAGE)));
    }

    @Override
    public String postgresUrl() {
        return Postgres.SERVER.jdbcUrl();
    }

    @Override
    public Connection superuser(String database) throws SQLException {
        return Postgres.SERVER.superuser(database);
    }

    @Override
    public String kafka() {
        return Kafka.SERVER.bootstrapServers();
    }

    /** A further broker, its data below the same folder. */
    static LocalKafka localKafka() {
        Path folder = FOLDER.resolve("kafka" + BROKERS.incrementAndGet());
        KafkaServer server = closing(KafkaServer.start(folder, freePort(), freePort()));
        return new LocalKafka(server.bootstrapServers(), folder);
    }

    /** A broker that lets in only users that it knows, its data below the same folder. */
    static SecuredKafka securedKafka() {
        return closing(SecuredKafka.start(FOLDER.resolve("kafka" + BROKERS.incrementAndGet())));
    }

    @Override
    public String mongoUri() {
        return Mongo.SERVER.uri();
    }

    @Override
    public Mailbox mail() {
        Objects.requireNonNull(Mail.SERVER);
        URI page = URI.create("http://127.0.0.1:" + Mail.PAGE);
        return new Mailbox("127.0.0.1", Mail.SMTP, page.resolve("/mails.json"), page.resolve("/texts"));
    }

    private static <T extends AutoCloseable> T closing(T server) {
        STARTED.push(server);
        return server;
    }

    /** The folder goes last: a broker that loses its files while it stops ends the whole process as failed. */
    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("users-test");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                STARTED.forEach(EmbeddedTestServers::close);
                boolean ignored = FileSystemUtils.deleteRecursively(folder.toFile());
            }));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(AutoCloseable server) {
        new FutureTask<>(() -> {
                    server.close();
                    return true;
                })
                .run();
    }

    /** Below 32768: above, the ports of outgoing connections begin. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }
}
