package app.users.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The server process that a data folder names in {@code postmaster.pid}. It may have outlived a killed parent. */
record Postmaster(Path data) {

    /**
     * Ends it. A file that names no such process is deleted, since PostgreSQL would not start: after a power cut the
     * file may be empty, and in a new container its number may belong to another process.
     */
    void end(PostgresPrograms programs) throws IOException {
        if (process().isPresent()) {
            programs.run("pg_ctl", "-D", data, "-m", "fast", "-t", 60, "-w", "stop");
        } else {
            Files.deleteIfExists(file());
        }
    }

    boolean isRunning() throws IOException {
        return process().isPresent();
    }

    /** Returns when the process has ended; at once if there is none. */
    void awaitEnd() throws IOException {
        process().ifPresent(process -> process.onExit().join());
    }

    private Path file() {
        return data.resolve("postmaster.pid");
    }

    private Optional<ProcessHandle> process() throws IOException {
        try {
            String number =
                    Files.readString(file()).lines().findFirst().orElse("").strip();
            return ProcessHandle.of(Long.parseLong(number)).filter(this::serves);
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean serves(ProcessHandle process) {
        String program = process.info().command().orElse("");
        String arguments = String.join(" ", process.info().arguments().orElse(new String[0]));
        return Path.of(program).getFileName().toString().startsWith("postgres") && arguments.contains(data.toString());
    }
}
