package app.users.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's programs as the first start of a build has unpacked them. To unpack them takes 3 seconds of CPU, to link them takes
 * none.
 */
public final class PostgresPrograms {

    private static final String NAME = "programs-";
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("test-servers");

    private PostgresPrograms() {}

    /** Puts them into the folder of a PostgreSQL that has not started yet, if there are any. */
    public static void linkInto(Path postgres) {
        try {
            if (Files.exists(kept())) {
                for (Path programs : programs(kept())) {
                    link(programs, postgres.resolve(programs.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps those of a PostgreSQL that has started. */
    public static void keep(Path postgres) {
        try {
            if (!Files.exists(MODULE)) {
                return;
            }
            Files.createDirectories(kept());
            for (Path programs : programs(postgres)) {
                Path target = kept().resolve(programs.getFileName());
                if (!Files.exists(target)) {
                    Path unfinished = Files.createTempDirectory(kept(), "unfinished");
                    link(programs, unfinished.resolve(programs.getFileName()));
                    publish(unfinished.resolve(programs.getFileName()), target);
                    FileSystemUtils.deleteRecursively(unfinished);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process may have been faster. */
    private static void publish(Path programs, Path target) throws IOException {
        try {
            Files.move(programs, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(target)) {
                throw e;
            }
        }
    }

    private static Path kept() {
        return MODULE.resolve("target/postgres");
    }

    private static List<Path> programs(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().matches(NAME + "[0-9a-f]+"))
                    .toList();
        }
    }

    private static void link(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isSymbolicLink(file)) {
                Files.createSymbolicLink(target, Files.readSymbolicLink(file));
            } else if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                linkOrCopy(file, target);
            }
        }
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException anotherFileSystem) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
