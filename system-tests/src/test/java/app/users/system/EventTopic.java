package app.users.system;

import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the topic of events as somebody else's service would. */
public record EventTopic(String bootstrapServers) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A record of the topic; one without a value erases the earlier one of its key. */
    public record Published(
            EventKey key,
            int partition,
            Map<String, String> headers,
            @Nullable JsonNode event) {

        @Nullable
        String header(String name) {
            return headers.get(name);
        }

        public String type() {
            return headers.getOrDefault(EventHeaders.TYPE, "");
        }
    }

    /** Everything about the user that is on the topic now, in the order in which a consumer gets it. */
    List<Published> recordsOf(long user) {
        return records().stream().filter(r -> r.key().user() == user).toList();
    }

    /** Everything that is on the topic now, in the order in which a consumer gets it. */
    public List<Published> records() {
        Map<String, Object> config = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        List<Published> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .sorted(Comparator.comparingInt(TopicPartition::partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(r -> EventKey.parse(r.key()).ifPresent(key -> found.add(published(key, r))));
            }
        }
        return found;
    }

    private static Published published(EventKey key, ConsumerRecord<String, @Nullable String> received) {
        Map<String, String> headers = new java.util.HashMap<>();
        received.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        String value = received.value();
        return new Published(key, received.partition(), headers, value == null ? null : JSON.readTree(value));
    }
}
