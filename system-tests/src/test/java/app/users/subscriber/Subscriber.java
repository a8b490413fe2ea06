package app.users.subscriber;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a copy of all profiles until it is closed; the next one on its file goes on where it has stopped. What breaks the
 * contract stops it, and whoever asks it for anything is told why.
 */
public final class Subscriber implements AutoCloseable {

    private final Contract contract;
    private final Path file;
    private final Memory memory;
    private final KafkaConsumer<String, @Nullable String> consumer;
    private final CompletableFuture<Void> end;

    private Subscriber(URI users, String kafka, Path file) {
        this.file = file;
        contract = Contract.of(users);
        memory = Memory.load(file);
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                // an offset that is gone
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
        end = CompletableFuture.runAsync(
                this::follow, Thread.ofPlatform().name("subscriber").daemon()::start);
    }

    /**
     * @param users where the system serves its description; ends in a slash
     * @param kafka host and port of a broker
     * @param file what it remembers; it begins from the beginning if there is none
     */
    public static Subscriber start(URI users, String kafka, Path file) {
        return new Subscriber(users, kafka, file);
    }

    private void follow() {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(contract.topic()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            partitions.forEach(p -> consumer.seek(p, memory.offsets().getOrDefault(p.partition(), 0L)));
            while (true) {
                take(consumer.poll(Duration.ofSeconds(1)));
            }
        } catch (WakeupException closed) {
            // what was not saved comes again
        }
    }

    private void take(ConsumerRecords<String, @Nullable String> records) {
        records.forEach(record -> {
            contract.event(record).ifPresent(memory::take);
            memory.offsets().put(record.partition(), record.offset() + 1);
        });
        if (!records.isEmpty()) {
            memory.save(file);
        }
    }

    /** The profiles of who is there, by user id. */
    public Map<Long, Profile> copy() {
        if (end.isDone()) {
            end.join();
        }
        return Map.copyOf(memory.profiles());
    }

    /** Fails if something has stopped it before. */
    @Override
    public void close() {
        consumer.wakeup();
        end.join();
    }
}
