package app.users.notification.ledger;

import app.users.events.MailState;
import app.users.events.Topics;
import app.users.kafka.MailStateRecord;
import app.users.kafka.OwnTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Writes and reads {@link Topics#MAIL}, which outlives the ledger. */
public final class MailStateTopic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Map<String, Object> consumer;
    private final OwnTopics topics;

    MailStateTopic(
            DefaultKafkaProducerFactory<String, byte[]> producers, Map<String, Object> consumer, OwnTopics topics) {
        this.producers = producers;
        this.kafka = new KafkaTemplate<>(producers);
        this.consumer = consumer;
        this.topics = topics;
    }

    /** Returns when Kafka has them all. */
    public void publish(Collection<MailState> states) {
        topics.ensure();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        try {
            for (MailState state : states) {
                sent.add(kafka.send(MailStateRecord.write(state)));
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before Kafka had the states of mails", e);
        } catch (ExecutionException
                | TimeoutException
                | org.apache.kafka.common.KafkaException
                | org.springframework.kafka.KafkaException e) {
            throw new IllegalStateException("Kafka did not take the states of mails", e);
        }
    }

    /** Hands on every final state that was told since, in parts. */
    public void finals(Instant since, Consumer<List<MailState>> taker) {
        topics.ensure();
        try (var reader = new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(Topics.MAIL).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("there is no topic " + Topics.MAIL + " yet");
            }
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            Map<TopicPartition, OffsetAndTimestamp> starts = reader.offsetsForTimes(
                    partitions.stream().collect(Collectors.toMap(p -> p, p -> since.toEpochMilli())));
            reader.assign(partitions);
            partitions.forEach(p -> {
                OffsetAndTimestamp start = starts.get(p);
                reader.seek(p, start == null ? ends.getOrDefault(p, 0L) : start.offset());
            });
            Instant last = Instant.now();
            while (partitions.stream().anyMatch(p -> reader.position(p) < ends.getOrDefault(p, 0L))) {
                var records = reader.poll(Duration.ofMillis(500));
                if (!records.isEmpty()) {
                    last = Instant.now();
                } else if (last.plus(PATIENCE).isBefore(Instant.now())) {
                    throw new IllegalStateException("Kafka does not hand out " + Topics.MAIL);
                }
                taker.accept(StreamSupport.stream(records.spliterator(), false)
                        .flatMap(r -> MailStateRecord.read(r).stream())
                        .filter(s -> s.state().isFinal())
                        .toList());
            }
        }
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
