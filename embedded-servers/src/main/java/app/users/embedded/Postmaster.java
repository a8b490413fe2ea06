package app.users.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The server process that a data folder names in {@code postmaster.pid}. It may have outlived a killed parent. */
record Postmaster(Path data) {

    /**
     * Ends it. A file that names no such process is deleted, since PostgreSQL would not start: after a power cut the
     * file may be empty, and in a new container its number may belong to another process.
     */
    void end(PostgresPrograms programs) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<ProcessHandle> process = process(Files.readString(file));
        if (process.filter(this::serves).isPresent()) {
            programs.run("pg_ctl", "-D", data, "-m", "fast", "-t", 60, "-w", "stop");
        } else {
            Files.deleteIfExists(file);
        }
    }

    private static Optional<ProcessHandle> process(String content) {
        try {
            return ProcessHandle.of(
                    Long.parseLong(content.lines().findFirst().orElse("").strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean serves(ProcessHandle process) {
        String program = process.info().command().orElse("");
        String arguments = String.join(" ", process.info().arguments().orElse(new String[0]));
        return Path.of(program).getFileName().toString().startsWith("postgres") && arguments.contains(data.toString());
    }
}
