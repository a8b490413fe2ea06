package app.users.testservers;

import app.users.embedded.KafkaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker as operators run it: TLS, users with passwords (SCRAM), and rights (ACLs). A second, plain port is for the tests
 * themselves, which may do everything there.
 */
public final class SecuredKafka implements AutoCloseable {

    private static final String PASSWORD = "only-for-tests";

    private final KafkaServer server;
    private final int secured;
    private final Path keys;
    private final Admin admin;

    private SecuredKafka(KafkaServer server, int secured, Path keys) {
        this.server = server;
        this.secured = secured;
        this.keys = keys;
        this.admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
    }

    static SecuredKafka start(Path folder) {
        int plain = TestServers.freePort();
        int secured = TestServers.freePort();
        int controller = TestServers.freePort();
        Path keys = keys(folder.resolveSibling(folder.getFileName() + ".p12"));
        Map<String, String> further = Map.ofEntries(
                Map.entry(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,SECURED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(plain, secured, controller)),
                Map.entry(
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:%d,SECURED://127.0.0.1:%d".formatted(plain, secured)),
                Map.entry(
                        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("sasl.enabled.mechanisms", ScramMechanism.SCRAM_SHA_512.mechanismName()),
                Map.entry("listener.name.secured.scram-sha-512.sasl.jaas.config", login("")),
                Map.entry("listener.name.secured.ssl.keystore.location", keys.toString()),
                Map.entry("listener.name.secured.ssl.keystore.password", PASSWORD),
                Map.entry("listener.name.secured.ssl.keystore.type", "PKCS12"),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:ANONYMOUS"));
        return new SecuredKafka(KafkaServer.start(folder, plain, controller, further), secured, keys);
    }

    /** The plain port. */
    public String plain() {
        return server.bootstrapServers();
    }

    /** The rights that docs/kafka.md names for the command service. */
    public Map<String, String> commandService(String user) {
        allowOwnTopic(user, "users.events");
        allowOwnTopic(user, "users.security");
        return settings(user);
    }

    /** The rights that docs/kafka.md names for the query service. */
    public Map<String, String> queryService(String user) {
        allowTopic(user, "users.events", AclOperation.READ);
        allowTopic(user, "users.mail", AclOperation.READ);
        allowGroups(user, "users-query");
        return settings(user);
    }

    /** The rights that docs/kafka.md names for the notification service. */
    public Map<String, String> notificationService(String user) {
        allowTopic(user, "users.events", AclOperation.READ);
        allowTopic(user, "users.mail", AclOperation.READ);
        allowOwnTopic(user, "users.mail");
        allowGroups(user, "users-notification");
        return settings(user);
    }

    private void allowOwnTopic(String user, String topic) {
        allowTopic(
                user,
                topic,
                AclOperation.WRITE,
                AclOperation.CREATE,
                AclOperation.DESCRIBE_CONFIGS,
                AclOperation.ALTER_CONFIGS);
    }

    /** The settings of a service that connects as this user, who is created. */
    private Map<String, String> settings(String user) {
        answer(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                .all());
        Map<String, String> settings = new TreeMap<>();
        settings.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + secured);
        settings.put("spring.kafka.security.protocol", "SASL_SSL");
        settings.put("spring.kafka.ssl.bundle", "kafka");
        settings.put(
                "spring.ssl.bundle.jks.kafka.truststore.location", keys.toUri().toString());
        settings.put("spring.ssl.bundle.jks.kafka.truststore.password", PASSWORD);
        settings.put("spring.ssl.bundle.jks.kafka.truststore.type", "PKCS12");
        settings.put("spring.kafka.properties.sasl.mechanism", ScramMechanism.SCRAM_SHA_512.mechanismName());
        settings.put(
                "spring.kafka.properties.sasl.jaas.config",
                login(" username=\"%s\" password=\"%s\"".formatted(user, PASSWORD)));
        return settings;
    }

    private void allowTopic(String user, String topic, AclOperation... operations) {
        allow(user, new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), operations);
    }

    /** @param prefix of the names of consumer groups */
    public void allowGroups(String user, String prefix) {
        allow(user, groups(prefix), AclOperation.READ);
    }

    public void forbidGroups(String user, String prefix) {
        forbidRead(user, groups(prefix));
    }

    private static ResourcePattern groups(String prefix) {
        return new ResourcePattern(ResourceType.GROUP, prefix, PatternType.PREFIXED);
    }

    private void allow(String user, ResourcePattern what, AclOperation... operations) {
        answer(admin.createAcls(List.of(operations).stream()
                        .map(operation -> binding(user, what, operation))
                        .toList())
                .all());
    }

    public void allowRead(String user, String topic) {
        allowTopic(user, topic, AclOperation.READ);
    }

    public void forbidRead(String user, String topic) {
        forbidRead(user, new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL));
    }

    private void forbidRead(String user, ResourcePattern what) {
        answer(admin.deleteAcls(List.of(binding(user, what, AclOperation.READ).toFilter()))
                .all());
    }

    private static AclBinding binding(String user, ResourcePattern what, AclOperation operation) {
        return new AclBinding(what, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private static String login(String credentials) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required" + credentials + ";";
    }

    private static <T> void answer(KafkaFuture<T> asked) {
        try {
            asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a key and a certificate for 127.0.0.1, which clients trust too. */
    private static Path keys(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "broker",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=127.0.0.1",
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + printed);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
        server.close();
    }
}
