package app.users.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.FileRecords;

/**
 * One broker whose files can be read.
 *
 * @param folder holds a folder for each partition, {@code <topic>-<partition>}
 */
public record LocalKafka(String bootstrapServers, Path folder) {

    private static final String ALL_BROKERS = "";

    /** What takes hours elsewhere takes seconds: the log rolls with the next record, what was rolled is compacted, and files go. */
    public void compactQuickly(String topic) {
        Map<ConfigResource, Map<String, String>> settings = Map.of(
                new ConfigResource(ConfigResource.Type.BROKER, ALL_BROKERS),
                Map.of("log.cleaner.backoff.ms", "200"),
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                Map.of(
                        TopicConfig.SEGMENT_MS_CONFIG, "200",
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0",
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "200",
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.01",
                        TopicConfig.DELETE_RETENTION_MS_CONFIG, "200",
                        TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, "200"));
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        settings.forEach((resource, values) -> changes.put(
                resource,
                values.entrySet().stream()
                        .map(e ->
                                new AlterConfigOp(new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
                        .toList()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(changes).all().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker does not take its settings", e);
        }
    }

    /** How the batches of a topic are compressed in its files: only what is not compressed can be searched. */
    public Set<CompressionType> compressions(String topic) {
        Set<CompressionType> found = EnumSet.noneOf(CompressionType.class);
        for (Path file : segments(topic)) {
            try (FileRecords records = FileRecords.open(file.toFile(), false)) {
                records.batches().forEach(batch -> found.add(batch.compressionType()));
            } catch (NoSuchFileException e) {
                // compacted meanwhile: what is left of it is in another file
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private List<Path> segments(String topic) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(f -> folder.relativize(f).toString().matches(Pattern.quote(topic) + "-\\d+/\\d+\\.log"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
