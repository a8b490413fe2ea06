package app.users.kafka;

import app.users.start.Server;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the topics of this process, in place of {@link KafkaAdmin}, which tries once and holds the start up for 40 s. Without
 * Kafka a process starts all the same: it stores changes and answers reads, and its readers connect when Kafka is there.
 */
final class FirstTopics implements SmartInitializingSingleton, AutoCloseable {

    private final KafkaAdmin kafka;
    private final List<NewTopic> topics;
    private @Nullable Thread waiting;

    FirstTopics(KafkaAdmin kafka, List<NewTopic> topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    @Override
    public void afterSingletonsInstantiated() {
        waiting = new Server("Kafka", addresses()).awaitInBackground(this::make);
    }

    private void make() {
        if (!topics.isEmpty()) {
            kafka.createOrModifyTopics(topics.toArray(NewTopic[]::new));
        }
    }

    /** A setting of Kafka's own may be a list or a text with commas, each with a protocol before it. */
    private List<String> addresses() {
        Object servers = kafka.getConfigurationProperties().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        Stream<String> each = servers instanceof Collection<?> several
                ? several.stream().map(String::valueOf)
                : Arrays.stream(String.valueOf(servers).split(","));
        return each.map(server -> server.strip().replaceFirst(".*://", "")).toList();
    }

    @Override
    public void close() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }
}
