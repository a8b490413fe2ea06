package app.users.advisories;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The advisories of a file, a folder or a zip with records in OSV format. Whatever cannot be read is an error, since it could hide
 * a flaw.
 */
final class OsvRecords {

    /** What is read at most, so that a zip cannot fill the memory; some ten times what there is for Maven. */
    record Bounds(int records, int bytesOfRecord, long bytes) {}

    static final Bounds BOUNDS = new Bounds(100_000, 8 << 20, 1L << 30);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path source;
    private final Bounds bounds;
    private final List<Advisory> advisories = new ArrayList<>();
    private int records;
    private long bytes;

    private OsvRecords(Path source, Bounds bounds) {
        this.source = source;
        this.bounds = bounds;
    }

    static List<Advisory> read(Path source) throws IOException {
        return read(source, BOUNDS);
    }

    static List<Advisory> read(Path source, Bounds bounds) throws IOException {
        OsvRecords records = new OsvRecords(source, bounds);
        if (Files.isDirectory(source)) {
            records.readFolder();
        } else if (isZip(source)) {
            records.readZip();
        } else {
            records.readFile(source);
        }
        if (records.advisories.isEmpty()) {
            throw records.error("has no advisory on a package of Maven (%d records)".formatted(records.records), null);
        }
        return records.advisories;
    }

    private static boolean isZip(Path source) throws IOException {
        try (InputStream file = Files.newInputStream(source)) {
            return Arrays.equals(file.readNBytes(2), new byte[] {'P', 'K'});
        }
    }

    private void readFolder() throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(OsvRecords::isRecord).sorted().toList()) {
                readFile(file);
            }
        }
    }

    private static boolean isRecord(Path file) {
        return file.toString().endsWith(".json") && Files.isRegularFile(file);
    }

    private void readFile(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            read(file.toString(), content);
        }
    }

    private void readZip() throws IOException {
        try (ZipFile zip = new ZipFile(source.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".json")) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        read(entry.getName(), content);
                    }
                }
            }
        } catch (ZipException e) {
            throw error("is no readable zip: " + e.getMessage(), e);
        }
    }

    private void read(String name, InputStream content) throws IOException {
        byte[] text = content.readNBytes(bounds.bytesOfRecord() + 1);
        bytes += text.length;
        if (text.length > bounds.bytesOfRecord() || bytes > bounds.bytes()) {
            throw error(name + " is too large", null);
        }
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isArray()) {
                json.forEach(this::add);
            } else {
                add(json);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw error(name + " " + e.getMessage(), e);
        }
    }

    private void add(JsonNode record) {
        records++;
        if (records > bounds.records()) {
            throw new IllegalArgumentException("is one record too many");
        }
        Advisory.of(record).ifPresent(advisories::add);
    }

    private IllegalArgumentException error(String fault, @Nullable Exception cause) {
        return new IllegalArgumentException(source + ": " + fault, cause);
    }
}
