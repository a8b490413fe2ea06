package app.users.standalone;

import app.users.settings.InvalidSetting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder {@code users.data}: only its owner can read it, and only one process uses it at a time. */
record DataFolder(Path path, FileChannel lock) implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> READABLE_BY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Makes the folder if it is not there, and holds it until the end of the process or {@link #close}. */
    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            restrict(folder);
            Path file = folder.resolve("lock");
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    READABLE_BY_OWNER);
            if (channel.tryLock() == null) {
                throw inUse(folder, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new InvalidSetting(
                    "users.data", "is \"%s\", which this user cannot own and write to (%s)".formatted(folder, e));
        }
    }

    private static InvalidSetting inUse(Path folder, String process) {
        return new InvalidSetting(
                "users.data",
                "is \"%s\", which process %s uses; stop that process, or choose another folder with --users.data=<folder> and other ports"
                        .formatted(folder, process.isEmpty() ? "(starting)" : process));
    }

    /** Folders that an earlier version made were open to all users of the machine. */
    private static void restrict(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
        List<Path> inner;
        try (Stream<Path> files = Files.list(folder)) {
            inner = files.filter(Files::isDirectory).toList();
        }
        for (Path one : inner) {
            Files.setPosixFilePermissions(one, OWNER_ONLY);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new InvalidSetting("users.data", "is \"%s\", which cannot be released (%s)".formatted(path, e));
        }
    }
}
