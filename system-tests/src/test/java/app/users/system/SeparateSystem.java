package app.users.system;

import app.users.testservers.SecuredKafka;
import app.users.testservers.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services and the gateway as processes of their own, on servers that none of them brought. */
final class SeparateSystem implements RunningSystem {

    /** The jars that run. */
    enum Service {
        COMMAND("command-service"),
        QUERY("query-service"),
        NOTIFICATION("notification-service"),
        GATEWAY("gateway");

        final String module;
        final int port = Ports.free();
        final int management = Ports.free();

        Service(String module) {
            this.module = module;
        }

        String origin() {
            return "http://127.0.0.1:" + port;
        }

        URI management(String path) {
            return URI.create("http://127.0.0.1:" + management + "/actuator/" + path);
        }
    }

    private final TestServers.Database database = TestServers.postgres();
    private final SecuredKafka kafka = TestServers.securedKafka();
    private final String mongo = TestServers.mongoUri();
    private final Secrets secrets = Secrets.random();
    private final int secondQuery = Ports.free();
    private final Map<Service, JavaProcess> processes = new EnumMap<>(Service.class);

    private SeparateSystem() {}

    static SeparateSystem start() {
        SeparateSystem system = new SeparateSystem();
        try {
            List.of(Service.values()).forEach(system::launch);
            List.of(Service.values()).forEach(system::awaitHealth);
            return system;
        } catch (RuntimeException | AssertionError e) {
            system.close();
            throw e;
        }
    }

    private void launch(Service service) {
        List<String> arguments = arguments(service.port, service.management);
        arguments.addAll(kafkaArguments(service));
        if (service != Service.GATEWAY) {
            // the gateway's address; clients reach the gateway itself without a proxy
            arguments.add("--users.trusted-proxies=127.0.0.1");
        }
        processes.put(service, JavaProcess.start(service.module, arguments));
    }

    /** One more query service on the same servers, whose views are in a database of their own. */
    JavaProcess startSecondQuery(String views, int management) {
        List<String> arguments = arguments(secondQuery, management);
        arguments.add("--users.query.database=" + views);
        arguments.addAll(kafkaArguments(Service.QUERY));
        return JavaProcess.start(Service.QUERY.module, arguments);
    }

    String secondQueryOrigin() {
        return "http://127.0.0.1:" + secondQuery;
    }

    private List<String> arguments(int port, int management) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--management.server.port=" + management,
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.flyway.user=" + database.owner(),
                "--spring.flyway.password=" + database.ownerPassword(),
                "--spring.mongodb.uri=" + mongo,
                "--spring.mail.host=" + TestServers.mail().host(),
                "--spring.mail.port=" + TestServers.mail().smtpPort(),
                "--users.notification.sms.url=" + TestServers.mail().texts(),
                "--users.token.issuer=http://localhost:" + Service.GATEWAY.port + "/users",
                "--users.token.jwks-uri=" + Service.COMMAND.origin() + "/users/auth/jwks",
                "--users.gateway.command=" + Service.COMMAND.origin(),
                "--users.gateway.query=" + Service.QUERY.origin(),
                "--users.gateway.query-alternatives=" + secondQueryOrigin(),
                // tests count what is on the topic
                "--users.relay.check-within=0s"));
        arguments.addAll(GenerousLimits.ARGUMENTS);
        arguments.addAll(secrets.arguments());
        return arguments;
    }

    /** Each service is a user of Kafka with the least rights that it needs. */
    private List<String> kafkaArguments(Service service) {
        Map<String, String> settings = switch (service) {
            case COMMAND -> kafka.commandService("command");
            case QUERY -> kafka.queryService("query");
            case NOTIFICATION -> kafka.notificationService("notification");
            case GATEWAY -> Map.of();
        };
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private void awaitHealth(Service service) {
        URI health = service.management("health");
        process(service).awaitReady(() -> answers(health));
    }

    private static boolean answers(URI health) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the process at once. */
    void kill(Service service) {
        process(service).kill();
    }

    void restart(Service service) {
        launch(service);
        awaitHealth(service);
    }

    private JavaProcess process(Service service) {
        JavaProcess process = processes.get(service);
        if (process == null) {
            throw new IllegalStateException(service + " was never started");
        }
        return process;
    }

    @Override
    public URI users() {
        return URI.create(Service.GATEWAY.origin() + "/users/");
    }

    @Override
    public TestServers.Database eventStore() {
        return database;
    }

    @Override
    public String kafka() {
        return kafka.plain();
    }

    @Override
    public String mongoUri() {
        return mongo;
    }

    @Override
    public Mails mails() {
        return new Mails(TestServers.mail().listing());
    }

    @Override
    public List<URI> doors() {
        return Stream.of(Service.GATEWAY, Service.COMMAND, Service.QUERY)
                .map(service -> URI.create(service.origin()))
                .toList();
    }

    @Override
    public List<URI> managements() {
        return Stream.of(Service.values())
                .map(service -> service.management(""))
                .toList();
    }

    @Override
    public String managementToken() {
        return secrets.managementToken();
    }

    @Override
    public String hashKey() {
        return secrets.hashKey();
    }

    @Override
    public String signingKey() {
        return secrets.signingKey();
    }

    @Override
    public String printed() {
        return processes.values().stream().map(JavaProcess::output).collect(Collectors.joining());
    }

    /** The lines that each process printed until it was ready. */
    List<List<String>> starts() {
        return processes.values().stream()
                .map(process -> process.output()
                        .lines()
                        .takeWhile(line -> !line.contains(" is ready after "))
                        .toList())
                .toList();
    }

    @Override
    public List<Long> pids() {
        return processes.values().stream().map(JavaProcess::pid).toList();
    }

    /** Asks all of them before it waits for the first. */
    @Override
    public void close() {
        processes.values().forEach(JavaProcess::requestEnd);
        processes.values().forEach(JavaProcess::close);
    }
}
