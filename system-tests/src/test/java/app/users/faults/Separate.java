package app.users.faults;

import app.users.system.Client;
import app.users.system.Ports;
import app.users.system.Secrets;
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
import java.util.stream.Stream;

/** Two replicas of each service behind one gateway, as in a container network: each host name resolves to two addresses. */
final class Separate implements Installation {

    /** How far the clock of one command service is ahead of all others, or behind them. */
    private static final Duration SKEW = Duration.parse(System.getProperty("faults.skew", "PT0S"));

    private final MailServer mails = new MailServer();
    private final OwnServers servers = new OwnServers();
    private final Secrets secrets = Secrets.random();
    private final Path hosts = hosts(servers.folder());
    private final List<Replica> commands = pair("command-service", hosts);
    private final List<Replica> queries = pair("query-service", hosts);
    private final List<Replica> notifications = pair("notification-service", hosts);
    private final Replica gateway = new Replica("gateway", "127.0.0.1", Ports.free(), Ports.free(), hosts);
    private final List<Replica> services =
            Stream.of(commands, queries, notifications).flatMap(List::stream).toList();

    Separate() {
        settings().forEach(this::set);
        // the gateway's address; clients reach the gateway itself without a proxy
        services.forEach(service -> service.set("--users.trusted-proxies=127.0.0.1"));
        if (!SKEW.isZero()) {
            // by default a service refuses to start with more than 30 s
            commands.forEach(command -> command.set("--users.clock.max-skew=1h"));
            commands.getLast().skewClock(SKEW);
        }
        try {
            all().forEach(Replica::start);
            all().forEach(Replica::awaitReady);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    static boolean hasWrongClock() {
        return !SKEW.isZero();
    }

    private List<Replica> all() {
        return Stream.concat(Stream.of(gateway), services.stream()).toList();
    }

    private void set(String setting) {
        all().forEach(replica -> replica.set(setting));
    }

    /** What the DNS of a container network answers. */
    private static Path hosts(Path folder) {
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

    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "--users.token.issuer=http://localhost:" + gateway.port() + "/users",
                "--users.token.jwks-uri=http://127.0.0.1:" + gateway.port() + "/users/auth/jwks",
                "--users.gateway.command=http://command:" + commands.getFirst().port(),
                "--users.gateway.query=http://query:" + queries.getFirst().port(),
                "--users.relay.check-within=0s"));
        settings.addAll(servers.settings());
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
        return servers.database();
    }

    @Override
    public String kafka() {
        return servers.kafka();
    }

    @Override
    public MailServer mails() {
        return mails;
    }

    @Override
    public Client operator() {
        return Client.of(commands.getFirst().management()).with("Bearer", secrets.managementToken());
    }

    @Override
    public List<Fault> faults(Random random, Journal journal) {
        CommonFaults common = new CommonFaults(random, journal, mails);
        List<Fault> faults = new ArrayList<>(common.all(operator()));
        faults.addAll(servers.faults(random, common));
        faults.add(Fault.kill("gateway killed", () -> kill(List.of(gateway))));
        faults.add(Fault.kill("both command-services killed", () -> kill(commands)));
        faults.add(Fault.kill("both query-services killed", () -> kill(queries)));
        for (Replica service : services) {
            faults.add(Fault.kill(service.module() + " killed", () -> killOneOfTwo(service, common)));
            faults.add(Fault.outage(service.module() + " hangs", () -> service.pause(common.seconds(1, 12))));
        }
        return faults;
    }

    private static void kill(List<Replica> replicas) {
        replicas.forEach(Replica::kill);
        replicas.forEach(Replica::start);
        replicas.forEach(Replica::awaitReady);
    }

    /** The other one works alone for a while. */
    private static void killOneOfTwo(Replica replica, CommonFaults common) {
        replica.kill();
        common.awaitAnswers(20);
        replica.start();
        replica.awaitReady();
    }

    @Override
    public void close() {
        all().forEach(Replica::close);
        servers.close();
        mails.close();
    }
}
