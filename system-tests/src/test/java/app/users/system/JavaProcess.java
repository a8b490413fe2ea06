package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An executable jar of this build that runs as a process of its own; what it prints stays under {@code target/system}. */
public final class JavaProcess implements AutoCloseable {

    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final List<String> COMMAND = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // far from UTC, which is what everything has to be told in
            "-Duser.timezone=Asia/Tokyo",
            "--enable-native-access=ALL-UNNAMED");

    /** Starting is the work of a whole processor for a while: on a machine that is busy with more it takes minutes. */
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        // whoever interrupts the tests must not find the system still running
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    }

    public static JavaProcess start(String module, List<String> arguments) {
        return start(module, List.of("-jar", executableJar(module).toString()), arguments);
    }

    /** @param program options of the JVM, and what it runs */
    public static JavaProcess start(String module, List<String> program, List<String> arguments) {
        return startBy(List.of(), module, program, arguments);
    }

    /** @param launcher a program that replaces itself by the command that follows */
    public static JavaProcess startBy(
            List<String> launcher, String module, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(COMMAND);
        command.addAll(program);
        command.addAll(arguments);
        Path folder = MODULE.resolve("target/system");
        Path output = folder.resolve("%02d-%s.log".formatted(STARTED.incrementAndGet(), module));
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new JavaProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path executableJar(String module) {
        return jar(module, "target", module + "-.*-exec\\.jar");
    }

    static Path jar(String module, String folder, String name) {
        Path target = MODULE.resolveSibling(module).resolve(folder);
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(f -> f.getFileName().toString().matches(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + name + " in " + target));
        } catch (IOException e) {
            throw new UncheckedIOException("build " + module + " first", e);
        }
    }

    /** Waits until the condition holds, and no longer than the process lives. */
    public void awaitReady(BooleanSupplier ready) {
        Patience.await("start of " + output)
                .atMost(LONGEST_START)
                .failFast(() -> assertThat(process.isAlive())
                        .as("%s is running; it printed:%n%s", output, output())
                        .isTrue())
                .until(ready::getAsBoolean);
    }

    public String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each line of all processes that were started so far, also of those that have ended (a killed one may have cut a character). */
    public static void linesPrinted(Consumer<String> line) {
        try (Stream<Path> files = Files.list(MODULE.resolve("target/system"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    lines.forEach(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public void requestEnd() {
        process.destroy();
    }

    /** Asks it to end, as an operator would, and answers its exit code. */
    int stop() {
        requestEnd();
        if (exits()) {
            return process.exitValue();
        }
        kill();
        throw new AssertionError("had to kill what " + output + " belongs to: it did not end by itself");
    }

    /** Waits for it to end by itself, at the latest when it would be ready. */
    int exitCode() {
        assertThat(exitsWithin(LONGEST_START)).as("end of %s", output).isTrue();
        return process.exitValue();
    }

    /** Ends it at once, as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        assertThat(exits()).as("end of %s", output).isTrue();
    }

    private boolean exits() {
        return exitsWithin(Patience.LONGEST);
    }

    private boolean exitsWithin(Duration longest) {
        try {
            return process.waitFor(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
