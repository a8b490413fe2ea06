package app.users.faults;

import app.users.system.Client;
import app.users.system.JavaProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service in a process of its own that can be killed and started again. */
final class Replica implements AutoCloseable {

    private final String module;
    private final String address;
    private final int port;
    private final int management;
    private final Path hosts;
    private final List<String> settings = new ArrayList<>();
    private List<String> launcher = List.of();
    private @Nullable JavaProcess process;

    /** @param hosts what host names resolve to */
    Replica(String module, String address, int port, int management, Path hosts) {
        this.module = module;
        this.address = address;
        this.port = port;
        this.management = management;
        this.hosts = hosts;
        set("--server.address=" + address);
        set("--server.port=" + port);
        set("--management.server.port=" + management);
        set("--users.management.hosts=" + address);
    }

    String module() {
        return module;
    }

    int port() {
        return port;
    }

    URI management() {
        return URI.create("http://" + address + ":" + management + "/actuator/");
    }

    void set(String setting) {
        settings.add(setting);
    }

    /** Its clock is wrong by so much from the next start on; needs the program {@code faketime}. */
    void skewClock(Duration skew) {
        launcher = List.of("faketime", "-f", "%+ds".formatted(skew.toSeconds()));
    }

    void start() {
        String jar = JavaProcess.executableJar(module).toString();
        List<String> program = List.of("-Djdk.net.hosts.file=" + hosts, "-jar", jar);
        process = JavaProcess.startBy(launcher, module, program, settings);
    }

    void awaitReady() {
        running().awaitReady(this::isReady);
    }

    private boolean isReady() {
        try {
            return Client.of(management()).get("health/readiness").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    void kill() {
        processes().forEach(ProcessHandle::destroyForcibly);
        running().kill();
    }

    void pause(Duration time) {
        Signals.pause(processes(), time);
    }

    /** The process, and the service as its child when {@code faketime} started it. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.of(running().pid()).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
    }

    private JavaProcess running() {
        if (process == null) {
            throw new IllegalStateException(module + " was never started");
        }
        return process;
    }

    /** What it does is judged before: there is nothing to wait for. */
    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
