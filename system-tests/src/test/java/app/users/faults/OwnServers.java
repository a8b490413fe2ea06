package app.users.faults;

import app.users.embedded.DocumentServer;
import app.users.embedded.KafkaServer;
import app.users.embedded.PostgresPasswords;
import app.users.embedded.PostgresServer;
import app.users.system.Ports;
import app.users.testservers.TcpProxy;
import app.users.testservers.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL, Kafka and MongoDB for one system, PostgreSQL and MongoDB behind proxies that can cut or pause connections. */
final class OwnServers implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final PostgresPasswords PASSWORDS =
            new PostgresPasswords("superuser-for-tests-only", "owner-for-tests-only-000", "service-for-tests-only-0");

    private final Path folder = newFolder();
    private final int kafkaPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final int postgresPort = Ports.free();
    private final DocumentServer mongo = DocumentServer.start(Ports.free());
    private final TcpProxy mongoProxy =
            new TcpProxy(HOST, URI.create(mongo.uri()).getPort());
    private final TcpProxy postgresProxy = new TcpProxy(HOST, postgresPort);
    private PostgresServer postgres = startPostgres();
    private KafkaServer kafka = startKafka();

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("users-faults");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresServer startPostgres() {
        return PostgresServer.start(folder.resolve("postgres"), postgresPort, PASSWORDS);
    }

    private KafkaServer startKafka() {
        return KafkaServer.start(folder.resolve("kafka"), kafkaPort, controllerPort);
    }

    /** Goes with the servers. */
    Path folder() {
        return folder;
    }

    /** Where the services find them. */
    List<String> settings() {
        return List.of(
                "--spring.datasource.url=" + database(postgresProxy.port()).jdbcUrl(),
                "--spring.datasource.username=users_command",
                "--spring.datasource.password=" + PASSWORDS.service(),
                "--spring.flyway.user=users_owner",
                "--spring.flyway.password=" + PASSWORDS.owner(),
                "--spring.kafka.bootstrap-servers=" + kafka(),
                "--spring.mongodb.uri=mongodb://" + HOST + ":" + mongoProxy.port());
    }

    /** Without the proxy. */
    TestServers.Database database() {
        return database(postgresPort);
    }

    private static TestServers.Database database(int port) {
        return new TestServers.Database(
                "jdbc:postgresql://" + HOST + ":" + port + "/postgres",
                "users_command",
                PASSWORDS.service(),
                "users_owner",
                PASSWORDS.owner());
    }

    String kafka() {
        return HOST + ":" + kafkaPort;
    }

    List<Fault> faults(Random random, CommonFaults common) {
        return List.of(
                Fault.kill("PostgreSQL process killed", () -> Signals.killOneProcess(postmaster(), random)),
                Fault.kill("PostgreSQL killed", () -> killPostgres(common.seconds(0, 3))),
                Fault.outage("PostgreSQL away", () -> cut(postgresProxy, common.outage(1, 8))),
                Fault.outage("PostgreSQL hangs", () -> pause(postgresProxy, common.outage(1, 12))),
                Fault.outage("MongoDB away", () -> cut(mongoProxy, common.outage(1, 8))),
                Fault.outage("MongoDB hangs", () -> pause(mongoProxy, common.outage(1, 12))),
                Fault.outage("Kafka away", () -> stopKafka(common.outage(1, 8))));
    }

    private ProcessHandle postmaster() {
        return Signals.postmaster(folder.resolve("postgres/data"));
    }

    private void killPostgres(Duration time) {
        Signals.killAll(postmaster());
        Fault.hold(time);
        postgres = startPostgres();
    }

    private static void cut(TcpProxy proxy, Duration time) {
        proxy.cut();
        Fault.hold(time);
        proxy.resume();
    }

    private static void pause(TcpProxy proxy, Duration time) {
        proxy.pause();
        Fault.hold(time);
        proxy.resume();
    }

    private void stopKafka(Duration time) {
        kafka.close();
        Fault.hold(time);
        kafka = startKafka();
    }

    @Override
    public void close() {
        mongoProxy.close();
        postgresProxy.close();
        mongo.close();
        kafka.close();
        postgres.close();
        boolean ignored = FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
