package app.users.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where texts stand in the bytes of files, in UTF-8, in small or capital letters. Compressed files hide them. */
public final class Traces {

    /** This text is in this file. */
    public record Trace(String text, Path file) {}

    private Traces() {}

    /** All there are in the files below the folder, whatever the files are called; a file that goes meanwhile has none. */
    public static List<Trace> in(Path folder, Collection<String> texts) {
        return in(folder, file -> true, texts);
    }

    /** @param which of the files and folders are looked into; they are told by their path from the folder on */
    public static List<Trace> in(Path folder, Predicate<Path> which, Collection<String> texts) {
        List<Trace> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    return inner.equals(folder) || which.test(folder.relativize(inner))
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && which.test(folder.relativize(file))) {
                        String content;
                        try {
                            content = folded(Files.readAllBytes(file));
                        } catch (NoSuchFileException e) {
                            return FileVisitResult.CONTINUE;
                        }
                        texts.stream()
                                .filter(text -> isIn(content, text))
                                .forEach(text -> found.add(new Trace(text, folder.relativize(file))));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The same for what is in memory. */
    public static boolean isIn(byte[] content, String text) {
        return isIn(folded(content), text);
    }

    private static boolean isIn(String content, String text) {
        return Stream.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))
                .anyMatch(variant -> content.contains(folded(variant.getBytes(StandardCharsets.UTF_8))));
    }

    /** Byte by byte, so that the bytes of any file can be compared as a text. */
    private static String folded(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
