package app.users.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Signals to processes: kills PostgreSQL or one of its processes, or stops processes for a while. */
final class Signals {

    private Signals() {}

    /** @param folder of the data of PostgreSQL */
    static ProcessHandle postmaster(Path folder) {
        try {
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL then ends all connections and recovers by itself. */
    static void killOneProcess(ProcessHandle postmaster, Random random) {
        List<ProcessHandle> children = postmaster.children().toList();
        kill(children.get(random.nextInt(children.size())));
    }

    /** Returns when all its processes have ended. */
    static void killAll(ProcessHandle postmaster) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
        all.forEach(Signals::kill);
        all.forEach(process -> process.onExit().join());
    }

    private static void kill(ProcessHandle process) {
        assertThat(process.destroyForcibly() || !process.isAlive()).isTrue();
    }

    /** They do nothing for a while, then continue. */
    static void pause(List<ProcessHandle> processes, Duration time) {
        send("-STOP", processes);
        Fault.hold(time);
        send("-CONT", processes);
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        List<String> command = Stream.concat(
                        Stream.of("kill", signal), processes.stream().map(process -> String.valueOf(process.pid())))
                .toList();
        try {
            Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
            // a process of PostgreSQL may have ended meanwhile
            assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
