package app.users.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code ./mvnw -Padvisories -Dadvisories=all.zip}: compares the libraries of all programs with these advisories. */
class AdvisoryRun {

    static final List<String> PROGRAMS =
            List.of("standalone", "command-service", "query-service", "notification-service", "gateway");

    /** The folder of the clone, from which a relative name is meant. */
    private static final Path TOP =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();

    @Test
    void noLibraryHasAKnownFlaw() throws IOException {
        String source = Objects.requireNonNull(
                System.getProperty("advisories"), "name a file, folder or zip in OSV format: -Dadvisories=all.zip");
        Set<Library> libraries = new TreeSet<>();
        for (String program : PROGRAMS) {
            libraries.addAll(
                    BillOfMaterials.of(JavaProcess.executableJar(program)).libraries());
        }
        Comparison comparison = Comparison.of(libraries, OsvRecords.read(TOP.resolve(source)));
        System.out.print(comparison.report());
        assertThat(comparison.findings()).isEmpty();
    }
}
