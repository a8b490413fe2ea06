package app.users.notification;

import static org.awaitility.Awaitility.await;

import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.EventType;
import app.users.events.MailState;
import app.users.events.Topics;
import app.users.events.UserEvent;
import app.users.testservers.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/** Both topics as others see them. */
final class Kafka {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.kafka()), new StringSerializer(), new ByteArraySerializer());

    private Kafka() {}

    /** With one partition: what is published later is also handled later. */
    static void makeEvents() {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, 1, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static void replaceEvents() {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(Topics.EVENTS)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            makeEvents();
            return true;
        });
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestServers.kafka()));
    }

    static void publish(String id, long version, UserEvent event) {
        publish(id, version, event, Instant.now());
    }

    static void publish(String id, long version, UserEvent event, Instant at) {
        String type = EventType.of(event).wireName();
        publish(id, version, event.user(), type, JSON.writeValueAsBytes(event), at);
    }

    static void publish(String id, long version, long user, String type, String value) {
        publish(id, version, user, type, value.getBytes(StandardCharsets.UTF_8), Instant.now());
    }

    private static void publish(String id, long version, long user, String type, byte[] value, Instant at) {
        var record = new ProducerRecord<String, byte[]>(Topics.EVENTS, new EventKey(user, version).toString(), value);
        header(record, EventHeaders.TYPE, type);
        header(record, EventHeaders.ID, id);
        header(record, EventHeaders.TIME, at.toString());
        try {
            PRODUCER.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** What was told about one mail, oldest first. */
    static List<MailState> states(long user, long version) {
        return records(user, version).stream()
                .map(record -> JSON.readValue(record.value(), MailState.class))
                .toList();
    }

    static List<ConsumerRecord<String, byte[]>> records(long user, long version) {
        String key = new EventKey(user, version).toString();
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (var reader = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", TestServers.kafka()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(Topics.MAIL).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> reader.position(p) < ends.getOrDefault(p, 0L))) {
                reader.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(key)) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }
}
