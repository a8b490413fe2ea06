package app.users.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What watches over PostgreSQL, with a program in its place that ends at once. */
class PostgresServerTest {

    private static final PostgresPasswords PASSWORDS =
            new PostgresPasswords("superuser-for-tests-only", "owner-for-tests-only-000", "service-for-tests-only-0");

    private final CompletableFuture<Exception> gaveUp = new CompletableFuture<>();

    @TempDir
    private Path folder;

    @Test
    void givesUpAfterTenStartsThatFailed() throws Exception {
        PostgresServer server = serverThatNeverStarts();
        server.keepRunning(gaveUp::complete);

        assertThat(gaveUp.get(1, TimeUnit.MINUTES))
                .hasMessage(
                        "PostgreSQL ended and did not start again; see %s"
                                + " (10 starts failed, the last one because pg_ctl ended with code 1)",
                        log());
        assertThat(Files.readAllLines(log())).hasSize(PostgresServer.MOST_RESTARTS);
    }

    private PostgresServer serverThatNeverStarts() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Files.createFile(
                programs.resolve("pg_ctl"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(programs.resolve("pg_ctl"), "#!/bin/sh\necho start\nexit 1\n");
        return new PostgresServer(
                new PostgresPrograms(folder, log()),
                Files.createDirectory(folder.resolve("data")),
                0,
                PASSWORDS,
                Duration.ofMillis(1));
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }
}
