package app.users.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Makes a folder that is either complete or absent, even after a kill or a power cut: the content is written beside,
 * flushed to the disk, then renamed. Only the owner can read it.
 */
final class CompleteFolder {

    private static final String UNFINISHED = ".part";

    /** What writes the content. */
    interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private CompleteFolder() {}

    /** @param folder must be absent or empty; the folder around it must exist */
    static void make(Path folder, Content content) throws IOException {
        Path parent = parent(folder);
        // each attempt has its own name: a program that outlived a killed attempt may still write into the old one
        Path unfinished = Files.createTempDirectory(parent, folder.getFileName() + UNFINISHED);
        content.writeTo(unfinished);
        flush(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        flushOne(parent);
        deleteAbandoned(folder);
    }

    /** Deletes what killed attempts have left; what is still being written goes at the next start. */
    static void deleteAbandoned(Path folder) throws IOException {
        List<Path> abandoned;
        try (Stream<Path> siblings = Files.list(parent(folder))) {
            abandoned = siblings.filter(f -> f.getFileName().toString().startsWith(folder.getFileName() + UNFINISHED))
                    .toList();
        }
        for (Path one : abandoned) {
            boolean ignored = FileUtils.deleteQuietly(one.toFile());
        }
    }

    private static Path parent(Path folder) {
        return Objects.requireNonNull(folder.toAbsolutePath().getParent());
    }

    private static void flush(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)
                            || Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path one : all) {
            flushOne(one);
        }
    }

    private static void flushOne(Path fileOrFolder) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
