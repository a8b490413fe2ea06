package app.users.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.lang3.SystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the jar. The class of the library that unpacks and starts them is not used: it
 * lets every local user connect without a password and write to the programs.
 */
final class PostgresPrograms {

    private static final String PREFIX = "programs-";

    private final Path home;
    private final Path log;

    /** @param home holds the programs in its folder {@code bin} */
    PostgresPrograms(Path home, Path log) {
        this.home = home;
        this.log = log;
    }

    /**
     * Unpacks the programs if they are not there.
     *
     * @param folder holds them in a folder that is named after their content, so that a new version is unpacked anew
     * @param log receives what they print
     */
    static PostgresPrograms in(Path folder, Path log) throws IOException {
        byte[] archive = archive();
        Path home = folder.resolve(PREFIX + digest(archive));
        if (!Files.exists(home)) {
            CompleteFolder.deleteAbandoned(home);
            CompleteFolder.make(home, part -> unpack(archive, part));
        }
        return new PostgresPrograms(home, log);
    }

    /** Deletes other versions. Those of earlier releases, in {@code bin}, could be changed by every local user. */
    void deleteOthers() throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(home.resolveSibling("."))) {
            others = all.filter(
                            f -> f.endsWith("bin") || f.getFileName().toString().startsWith(PREFIX))
                    .filter(f -> !f.endsWith(home.getFileName()))
                    .toList();
        }
        for (Path other : others) {
            FileUtils.deleteDirectory(other.toFile());
        }
    }

    /** Runs one to its end; an exit code other than 0 is an exception. */
    void run(String program, Object... arguments) throws IOException {
        feed("", program, arguments);
    }

    /** @param input is what the program reads from its standard input */
    void feed(String input, String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; here it does not see that it does
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        try {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(program + " ended with code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        }
    }

    private static byte[] archive() throws IOException {
        String system = SystemUtils.IS_OS_MAC ? "Darwin" : "Linux";
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, SystemUtils.OS_ARCH)) {
            return archive.readAllBytes();
        }
    }

    private static String digest(byte[] archive) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0 || target.startsWith(folder.resolve("bin"));
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
                }
            }
        }
    }
}
