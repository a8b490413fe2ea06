package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that OpenAPI Generator makes of the document, without a change by hand, walk the journey. The build generates them
 * into {@code target/generated-clients}; the programs that use them are among the resources of the tests.
 */
@OneForm
class GeneratedClientsIT {

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path GENERATED = MODULE.resolve("target/generated-clients");
    private static final Path PROGRAMS = MODULE.resolve("src/test/resources/clients");

    private final RunningSystem system;
    private final Person person = Person.next();

    @TempDir
    private Path folder;

    GeneratedClientsIT(Form form, Systems systems) {
        system = systems.get(form);
    }

    @Test
    void inJava() throws Exception {
        copy(GENERATED.resolve("java/src/main/java"));
        copy(PROGRAMS);
        walk(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", libraries(), "Journey.java");
    }

    @Test
    void inTypeScript() throws Exception {
        assumeThat(isThere("node") && isThere("npm"))
                .as("node and npm are on this machine; without them the client in TypeScript is not tried")
                .isTrue();
        copy(GENERATED.resolve("typescript"));
        copy(PROGRAMS);
        run("npm", "ci", "--no-audit", "--no-fund");
        run("npx", "tsc", "--strict", "--target", "es2022", "--module", "nodenext", "--outDir", "out", "journey.ts");
        walk("node", "out/journey.js");
    }

    private void walk(String... program) throws Exception {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(origin(), person.email(), person.number()));
        Path printed = folder.resolve("printed");
        Process process = start(command, printed);
        try (BufferedWriter input = process.outputWriter()) {
            input.write(system.mails().awaitCode(person.email()));
            input.newLine();
        }
        end(process, printed);
        assertThat(printed).content().isEqualToNormalizingNewlines("""
                        registered %s
                        Address successfully changed
                        lives at 1 Main Street, confirmed: true
                        listed: true
                        then 401
                        """.formatted(person.email()));
    }

    private String origin() {
        return system.users().resolve("/").toString().replaceFirst("/$", "");
    }

    /** Jackson 2 and what the generated code in Java needs beside it. */
    private static String libraries() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(path -> path.contains("jackson") || path.contains("jakarta.annotation"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = folder.resolve(from.relativize(file).toString());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, to);
                } else {
                    Files.createDirectories(to);
                }
            }
        }
    }

    private boolean isThere(String program) throws InterruptedException {
        try {
            run(program, "--version");
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path printed = folder.resolve("output");
        end(start(List.of(command), printed), printed);
    }

    private Process start(List<String> command, Path printed) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .redirectOutput(printed.toFile())
                .start();
    }

    private void end(Process process, Path printed) throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(printed) + Files.readString(folder.resolve("errors")))
                .isZero();
    }
}
