package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml}, the {@code Dockerfile}, the poms, the settings and {@code docs/containers.md} say the same. */
class ContainersTest {

    private static final Path TOP =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();

    /** Our own programs, by the names of their services in the Compose file; the mail server is not part of production. */
    private static final Map<String, String> PROGRAMS = Map.of(
            "command", "command-service",
            "query", "query-service",
            "notification", "notification-service",
            "gateway", "gateway");

    private static final Set<String> SERVERS = Set.of("postgres", "kafka", "mongo");

    private final String compose = read("docker-compose.yml");
    private final String dockerfile = read("Dockerfile");
    private final String page = read("docs/containers.md");
    private final Map<String, Map<String, Object>> services = map(new Yaml().load(compose), "services");

    ContainersTest() throws IOException {}

    @Test
    void theImagesAreBuiltFromThePomOfEveryModule() throws IOException {
        Set<String> modules = found("<module>([^<]+)</module>", read("pom.xml"));
        assertThat(found("COPY ([a-z-]+)/pom\\.xml \\1/\n", dockerfile)).isEqualTo(modules);
    }

    @Test
    void composeStartsEveryImageButTheStandaloneOne() {
        Set<String> targets = services.values().stream()
                .filter(service -> service.containsKey("build"))
                .map(service -> String.valueOf(map(service, "build").get("target")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(targets).contains("mails").containsAll(PROGRAMS.keySet());
        targets.add("standalone");
        assertThat(found("FROM (?:base|all-in-one) AS ([a-z]+)\n", dockerfile)).isEqualTo(targets);
        assertThat(targets).allSatisfy(target -> assertThat(page).contains("`users/" + target + "`"));
    }

    @Test
    void everyImageRunsAsANumberedUserThatIsNotRoot() {
        assertThat(found("USER (.+)", dockerfile)).containsExactly("10001:10001");
        assertThat(page).contains("10001");
    }

    @ParameterizedTest
    @CsvSource({
        "command, command-service",
        "query, query-service",
        "notification, notification-service",
        "gateway, gateway"
    })
    void anImageNamesThePortsOfItsProgramAndAsksItsReadiness(String target, String module) throws IOException {
        Map<String, Object> settings =
                new Yaml().load(read(module + "/src/main/resources/" + module.replace("-service", "") + ".yml"));
        Object port = map(settings, "server").get("port");
        Object management = map(map(settings, "management"), "server").get("port");
        String stage = dockerfile.split("AS " + target + "\n")[1].split("\nFROM ")[0];
        assertThat(stage).containsPattern("EXPOSE .*\\b" + management + "\\b");
        assertThat(stage).contains("\"ready\", \"" + management + "\"");
        if (!module.equals("notification-service")) {
            assertThat(stage).containsPattern("EXPOSE .*\\b" + port + "\\b");
        }
    }

    @Test
    void onlyTheApiAndTheMailPageArePublishedAndOnlyToThisMachine() {
        assertThat(services.values().stream().flatMap(service -> list(service, "ports").stream()))
                .containsExactlyInAnyOrder("127.0.0.1:8080:8080", "127.0.0.1:8025:8025");
    }

    @Test
    void ourProgramsRunWithoutPrivileges() {
        PROGRAMS.keySet()
                .forEach(name -> assertThat(service(name))
                        .as(name)
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"))
                        .containsEntry("security_opt", List.of("no-new-privileges:true"))
                        .containsKeys("mem_limit", "pids_limit", "stop_grace_period"));
    }

    @Test
    void everyServiceStartsAgainAfterItEnded() {
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service).containsEntry("restart", "unless-stopped"));
    }

    @Test
    void theGatewaySharesNoNetworkWithAServer() {
        List<Object> gateway = list(service("gateway"), "networks");
        SERVERS.forEach(server ->
                assertThat(list(service(server), "networks")).as(server).doesNotContainAnyElementsOf(gateway));
        assertThat(list(service("notification"), "networks")).doesNotContain("database", "services");
        assertThat(list(service("query"), "networks")).doesNotContain("database");
    }

    @Test
    void theNetworksOfTheServersHaveNoWayOut() {
        Map<String, Map<String, Object>> networks = map(new Yaml().load(compose), "networks");
        SERVERS.stream()
                .flatMap(server -> list(service(server), "networks").stream())
                .forEach(network ->
                        assertThat(networks.get(network)).as("%s", network).containsEntry("internal", true));
    }

    @Test
    void everySettingOfOursIsOneThatAServiceKnows() throws IOException {
        Set<String> known = read("shared-settings/src/main/resources/META-INF/users-settings.txt")
                .lines()
                .map(ContainersTest::letters)
                .collect(Collectors.toSet());
        PROGRAMS.keySet()
                .forEach(name -> assertThat(environment(name).keySet())
                        .filteredOn(variable -> variable.startsWith("USERS_"))
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(variable -> assertThat(known).contains(letters(variable))));
    }

    @Test
    void everyProgramIsInProductionMode() {
        PROGRAMS.keySet().forEach(name -> assertThat(environment(name)).containsEntry("USERS_MODE", "production"));
    }

    @Test
    void theServicesSignInUnderTheRolesThatTheScriptCreates() throws IOException {
        String script = read("containers/postgres/roles.sh");
        assertThat(environment("command"))
                .containsEntry("SPRING_DATASOURCE_USERNAME", "users_command")
                .containsEntry("SPRING_FLYWAY_USER", "users_owner");
        assertThat(script).contains("users_command", "users_owner");
        assertThat(environment("postgres").keySet()).contains("USERS_OWNER_PASSWORD", "USERS_COMMAND_PASSWORD");
    }

    @Test
    void theSecretsScriptMakesEveryRequiredVariableAndThePageExplainsEveryOther() throws IOException {
        Set<String> required = found("\\$\\{([A-Z_]+):\\?", compose);
        assertThat(found("(?m)^([A-Z_]+)=\\$\\(", read("secrets"))).isEqualTo(required);
        Set<String> optional = found("\\$\\{([A-Z_]+):-", compose);
        assertThat(optional).isNotEmpty().allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    /** The build starts each program once; without its keys a program ends at once. */
    @Test
    void aProgramThatNeedsKeysGetsSomeWhenItsImageIsBuilt() {
        PROGRAMS.keySet().forEach(name -> {
            boolean needsKeys = environment(name).values().stream()
                    .anyMatch(value -> String.valueOf(value).matches("\\$\\{USERS_[A-Z_]+_KEY:\\?.*"));
            String stage = dockerfile.split("AS " + name + "\n")[1].split("\nFROM ")[0];
            assertThat(stage.contains("RUN record $(cat /usr/local/etc/recording-keys)"))
                    .as(name)
                    .isEqualTo(needsKeys);
        });
    }

    @Test
    void mongodbIsAReplicaSetOfOneWithAKeyOfItsOwn() {
        List<Object> command = list(service("mongo"), "command");
        assertThat(command).containsSequence("--replSet", "users").containsSequence("--keyFile", "/tmp/key");
        assertThat(list(service("mongo"), "entrypoint"))
                .as("a new key at each start, for its owner only")
                .anySatisfy(script -> assertThat(String.valueOf(script))
                        .contains(
                                "umask 377",
                                "/dev/urandom",
                                ">/tmp/key",
                                "chown mongodb:mongodb",
                                "exec docker-entrypoint.sh"));
        assertThat(list(service("mongo"), "tmpfs")).contains("/tmp");
        assertThat(String.valueOf(map(service("mongo"), "healthcheck").get("test")))
                .contains("rs.initiate({ _id: \"users\"", "host: \"mongo:27017\"", "isWritablePrimary");
    }

    /** So the same address serves a server that is no replica set, and a set whose members have other names for themselves. */
    @Test
    void theServicesConnectToTheMongodbThatIsNamedAndToNoOther() throws IOException {
        for (String name : List.of("query", "notification")) {
            assertThat(String.valueOf(environment(name).get("SPRING_MONGODB_URI")))
                    .as(name)
                    .contains("directConnection=true");
        }
        assertThat(found("SPRING_MONGODB_URI: \"([^\"]+)\"", read("containers/mongo-without-password.yml")))
                .containsExactly("mongodb://mongo:27017/?directConnection=true");
    }

    @ParameterizedTest
    @CsvSource({"mongo-without-password.yml", "mongo-without-replica-set.yml"})
    void anOverlayTakesTheReplicaSetAway(String overlay) throws IOException {
        assertThat(read("containers/" + overlay))
                .contains("entrypoint: !reset null", "command: !reset null")
                .doesNotContain("rs.initiate");
    }

    @Test
    void thePageNamesEveryOverlay() throws IOException {
        try (Stream<Path> files = Files.list(TOP.resolve("containers"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yml")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(page).contains("| `containers/" + name + "` |"));
        }
    }

    @Test
    void theTestsUseTheSameImagesOfServers() throws IOException {
        String tests = read("test-servers/src/main/java/app/users/testservers/ContainerServers.java");
        SERVERS.forEach(
                server -> assertThat(tests).contains("\"" + service(server).get("image") + "\""));
    }

    @Test
    void theBuildSeesNoSecretAndNoData() throws IOException {
        assertThat(read(".dockerignore").lines()).contains(".*", "data", "secrets", "**/target");
    }

    private Map<String, Object> service(String name) {
        return services.getOrDefault(name, Map.of());
    }

    private Map<String, Object> environment(String service) {
        return map(service(service), "environment");
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    @SuppressWarnings("unchecked")
    private static <V> Map<String, V> map(Map<String, ?> parent, String key) {
        return (Map<String, V>) Stream.of(parent.get(key)).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> parent, String key) {
        return (List<Object>) parent.getOrDefault(key, List.of());
    }

    private static String read(String file) throws IOException {
        return Files.readString(TOP.resolve(file));
    }
}
