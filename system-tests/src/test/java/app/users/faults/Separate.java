package app.users.faults;

import app.users.embedded.DocumentServer;
import app.users.embedded.KafkaServer;
import app.users.embedded.PostgresPasswords;
import app.users.embedded.PostgresServer;
import app.users.system.Client;
import app.users.system.Ports;
import app.users.system.Secrets;
import app.users.testservers.TcpProxy;
import app.users.testservers.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/**
 * Two replicas of each service behind one gateway, as in a container network: each host name resolves to two addresses. The
 * servers are those of this class, PostgreSQL and MongoDB behind proxies that can cut or pause their connections.
 */
final class Separate implements Installation {

    private static final PostgresPasswords PASSWORDS =
            new PostgresPasswords("superuser-for-tests-only", "owner-for-tests-only-000", "service-for-tests-only-0");

    private final Path folder = newFolder();
    private final int kafkaPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final int postgresPort = Ports.free();
    private final MailServer mails = new MailServer();
    private final DocumentServer mongo = DocumentServer.start(Ports.free());
    private final TcpProxy mongoProxy =
            new TcpProxy("127.0.0.1", URI.create(mongo.uri()).getPort());
    private final TcpProxy postgresProxy = new TcpProxy("127.0.0.1", postgresPort);
    private final Secrets secrets = Secrets.random();
    private final List<Replica> replicas = new ArrayList<>();
    private final Replica gateway;
    private final Replica command;
    private PostgresServer postgres;
    private KafkaServer kafka;

    Separate() {
        postgres = startPostgres();
        kafka = startKafka();
        Path hosts = hosts();
        List<Replica> commands = pair("command-service", hosts);
        List<Replica> queries = pair("query-service", hosts);
        List<Replica> notifications = pair("notification-service", hosts);
        command = commands.getFirst();
        gateway = new Replica("gateway", "127.0.0.1", Ports.free(), Ports.free(), hosts);
        replicas.add(gateway);
        replicas.addAll(commands);
        replicas.addAll(queries);
        replicas.addAll(notifications);
        settings(commands.getFirst().port(), queries.getFirst().port()).forEach(s -> replicas.forEach(r -> r.set(s)));
        replicas.stream()
                .filter(replica -> replica != gateway)
                .forEach(r -> r.set("--users.trusted-proxies=127.0.0.1"));
        try {
            replicas.forEach(Replica::start);
            replicas.forEach(Replica::awaitReady);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

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

    /** What the DNS of a container network answers. */
    private Path hosts() {
        try {
            return Files.writeString(folder.resolve("hosts"), """
                    127.0.0.1 localhost
                    127.0.0.1 command
                    127.0.0.2 command
                    127.0.0.1 query
                    127.0.0.2 query
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Replica> pair(String module, Path hosts) {
        int port = Ports.free();
        int management = Ports.free();
        return List.of(
                new Replica(module, "127.0.0.1", port, management, hosts),
                new Replica(module, "127.0.0.2", port, management, hosts));
    }

    private List<String> settings(int commandPort, int queryPort) {
        String database = "jdbc:postgresql://127.0.0.1:" + postgresProxy.port() + "/postgres";
        List<String> settings = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=users_command",
                "--spring.datasource.password=" + PASSWORDS.service(),
                "--spring.flyway.user=users_owner",
                "--spring.flyway.password=" + PASSWORDS.owner(),
                "--spring.kafka.bootstrap-servers=" + kafka(),
                "--spring.mongodb.uri=mongodb://127.0.0.1:" + mongoProxy.port(),
                "--users.token.issuer=http://localhost:" + gateway.port() + "/users",
                "--users.token.jwks-uri=http://127.0.0.1:" + gateway.port() + "/users/auth/jwks",
                "--users.gateway.command=http://command:" + commandPort,
                "--users.gateway.query=http://query:" + queryPort,
                "--users.relay.check-within=0s"));
        settings.addAll(Installation.settings(mails));
        settings.addAll(secrets.arguments());
        return settings;
    }

    @Override
    public URI users() {
        return URI.create("http://127.0.0.1:" + gateway.port() + "/users/");
    }

    @Override
    public TestServers.Database eventStore() {
        return new TestServers.Database(
                "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres",
                "users_command",
                PASSWORDS.service(),
                "users_owner",
                PASSWORDS.owner());
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    public MailServer mails() {
        return mails;
    }

    @Override
    public Client operator() {
        return Client.of(command.management()).with("Bearer", secrets.managementToken());
    }

    @Override
    public List<Fault> faults(Random random, Journal journal) {
        CommonFaults common = new CommonFaults(random, journal, mails);
        List<Fault> faults = new ArrayList<>(common.all(operator()));
        for (Replica replica : replicas) {
            String name = replica.module();
            faults.add(Fault.kill(name + " killed", () -> kill(replica, common)));
            if (replica != gateway) {
                faults.add(Fault.outage(name + " hangs", () -> replica.pause(common.seconds(1, 12))));
            }
        }
        faults.add(Fault.kill("PostgreSQL process killed", () -> Signals.killOneProcess(postmaster(), random)));
        faults.add(Fault.kill("PostgreSQL killed", () -> killPostgres(common.seconds(0, 3))));
        faults.add(Fault.outage("PostgreSQL away", () -> cut(postgresProxy, common.seconds(1, 8))));
        faults.add(Fault.outage("PostgreSQL hangs", () -> pause(postgresProxy, common.seconds(1, 12))));
        faults.add(Fault.outage("MongoDB away", () -> cut(mongoProxy, common.seconds(1, 8))));
        faults.add(Fault.outage("MongoDB hangs", () -> pause(mongoProxy, common.seconds(1, 12))));
        faults.add(Fault.outage("Kafka away", () -> stopKafka(common.seconds(1, 8))));
        return faults;
    }

    /** Another replica works alone for a while. */
    private void kill(Replica replica, CommonFaults common) {
        replica.kill();
        if (replica != gateway) {
            common.awaitAnswers(20);
        }
        replica.start();
        replica.awaitReady();
    }

    private ProcessHandle postmaster() {
        return Signals.postmaster(folder.resolve("postgres/data"));
    }

    private void killPostgres(Duration time) {
        Signals.killAll(postmaster());
        Fault.last(time);
        postgres = startPostgres();
    }

    private static void cut(TcpProxy proxy, Duration time) {
        proxy.cut();
        Fault.last(time);
        proxy.resume();
    }

    private static void pause(TcpProxy proxy, Duration time) {
        proxy.pause();
        Fault.last(time);
        proxy.resume();
    }

    private void stopKafka(Duration time) {
        kafka.close();
        Fault.last(time);
        kafka = startKafka();
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        mongoProxy.close();
        postgresProxy.close();
        mongo.close();
        kafka.close();
        postgres.close();
        mails.close();
        boolean ignored = FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
