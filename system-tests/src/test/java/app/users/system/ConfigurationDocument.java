package app.users.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings of all modules, as the configuration processor found them in the code, and as people read them. */
record ConfigurationDocument(List<Module> modules) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Module(String name, List<Setting> settings) {}

    record Setting(String name, String type, String value, String meaning) {

        private static Setting of(JsonNode property) {
            String type = type(property.path("type").asString(""));
            JsonNode value = property.path("defaultValue");
            String meaning =
                    property.path("description").asString("").replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*})*)}", "`$1`");
            return new Setting(
                    property.path("name").asString(),
                    type,
                    value.isMissingNode() ? "" : "`" + (value.isString() ? value.asString() : value) + "`",
                    meaning.replaceAll("\\s+", " ").replace("|", "\\|"));
        }

        private static String type(String name) {
            return switch (name) {
                case "java.lang.Boolean" -> "`true` or `false`";
                case "java.lang.Integer", "java.lang.Long" -> "number";
                case "java.time.Duration" -> "time";
                case "java.net.URI" -> "address";
                case "app.users.settings.Key" -> "key";
                case "java.lang.String" -> "text";
                case "java.util.List<app.users.settings.Key>" -> "list of keys";
                case "java.util.List<java.net.URI>" -> "list of addresses";
                case "java.nio.file.Path" -> "folder";
                case "app.users.command.throttle.Limit" -> "limit: `.count` and `.per`";
                case "java.util.List<app.users.command.throttle.Limit>" -> "limits: `[0].count`, `[0].per` and so on";
                default ->
                    name.startsWith("java.util.Map<") ? "text by name" : name.contains("<") ? "list of names" : "name";
            };
        }

        private String row() {
            return "| `%s` | %s | %s | %s |\n".formatted(name, type, value, meaning);
        }
    }

    static ConfigurationDocument of(Path top) throws IOException {
        List<Module> modules = new ArrayList<>();
        try (Stream<Path> folders = Files.list(top)) {
            for (Path folder : folders.sorted().toList()) {
                Path metadata = folder.resolve("target/classes/META-INF/spring-configuration-metadata.json");
                if (Files.exists(folder.resolve("pom.xml")) && Files.exists(metadata)) {
                    modules.add(new Module(folder.getFileName().toString(), settings(metadata)));
                }
            }
        }
        modules.removeIf(module -> module.settings().isEmpty());
        return new ConfigurationDocument(modules);
    }

    private static List<Setting> settings(Path metadata) throws IOException {
        return JSON.readTree(Files.readString(metadata))
                .path("properties")
                .valueStream()
                .map(Setting::of)
                .filter(setting -> setting.name().startsWith("users."))
                .distinct()
                .sorted(Comparator.comparing(Setting::name))
                .toList();
    }

    /** One table for each module. */
    String tables() {
        StringBuilder text = new StringBuilder();
        for (Module module : modules) {
            text.append("\n### ")
                    .append(module.name())
                    .append("\n\n| property | type | default | meaning |\n|---|---|---|---|\n");
            module.settings().forEach(setting -> text.append(setting.row()));
        }
        return text.append("\n").toString();
    }

    /** What a process compares the names with that it was given. */
    String names() {
        return settings()
                .map(Setting::name)
                .distinct()
                .sorted()
                .map(name -> name + "\n")
                .reduce("", String::concat);
    }

    Stream<Setting> settings() {
        return modules.stream().flatMap(module -> module.settings().stream());
    }
}
