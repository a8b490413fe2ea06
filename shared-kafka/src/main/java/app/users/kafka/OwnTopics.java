package app.users.kafka;

import app.users.start.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics that this process owns, and checks them at the start and every hour, also topics that an operator created.
 * Other settings would lose events or their order: wrong settings are corrected; with a fault that cannot be corrected, nothing
 * is sent. A process starts without Kafka too: it stores changes and answers reads.
 */
public final class OwnTopics implements SmartInitializingSingleton, AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;
    private static final Duration CHECK_EVERY = Duration.ofHours(1);
    private static final Duration CHECK_FAULT_EVERY = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(OwnTopics.class);

    private final KafkaAdmin kafka;
    private final List<NewTopic> topics;
    private volatile boolean checked;
    private volatile @Nullable String fault;
    private @Nullable Thread checking;

    public OwnTopics(KafkaAdmin kafka, List<NewTopic> topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * As it is created. With three copies or more, a record is not sent before two have it: otherwise one broker that ends could
     * lose it. Later the value is the operator's.
     */
    static NewTopic durable(NewTopic topic) {
        if (topic.replicationFactor() < 3) {
            return topic;
        }
        Map<String, String> configs = new TreeMap<>(topic.configs() == null ? Map.of() : topic.configs());
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        return new NewTopic(topic.name(), topic.numPartitions(), topic.replicationFactor()).configs(configs);
    }

    /** Whether what is sent now is kept as it must be. */
    public void require() {
        if (!checked) {
            throw new IllegalStateException("the topics are not checked yet");
        }
        requireSound();
    }

    /** The same, and checks the topics if that has not been done yet; asks Kafka. */
    public void ensure() {
        if (!checked) {
            check();
        }
        requireSound();
    }

    private void requireSound() {
        String wrong = fault;
        if (wrong != null) {
            throw new IllegalStateException(wrong);
        }
    }

    /** Why nothing is sent; null when the topics are as they must be. */
    public @Nullable String fault() {
        return fault;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (topics.isEmpty()) {
            checked = true;
            return;
        }
        Thread first = new Server("Kafka", addresses()).awaitInBackground(this::check);
        checking = Thread.ofVirtual().name("own-topics").start(() -> {
            try {
                first.join();
                while (true) {
                    Thread.sleep(fault == null ? CHECK_EVERY : CHECK_FAULT_EVERY);
                    checkAgain();
                }
            } catch (InterruptedException e) {
                first.interrupt();
            }
        });
    }

    private void checkAgain() {
        try {
            check();
        } catch (IllegalStateException e) {
            LOG.warn("The topics are checked again later: {}", e.getMessage());
        }
    }

    /** @throws IllegalStateException when Kafka does not answer */
    synchronized void check() {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            Set<String> existing = answer(admin.listTopics().names());
            for (NewTopic topic : topics) {
                if (!existing.contains(topic.name())) {
                    make(admin, topic);
                }
            }
            List<String> faults = new ArrayList<>();
            for (NewTopic topic : topics) {
                faults.addAll(faults(admin, topic));
            }
            String found = faults.isEmpty() ? null : String.join("; ", faults);
            if (found != null && !found.equals(fault)) {
                LOG.error("Nothing is sent to Kafka: {}", found);
            }
            fault = found;
            checked = true;
        }
    }

    private static void make(Admin admin, NewTopic topic) {
        try {
            answer(admin.createTopics(List.of(durable(topic))).all());
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof ExecutionException failed)
                    || !(failed.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static List<String> faults(Admin admin, NewTopic topic) {
        TopicDescription found = answer(
                        admin.describeTopics(List.of(topic.name())).allTopicNames())
                .values()
                .iterator()
                .next();
        if (topic.numPartitions() > 0 && found.partitions().size() != topic.numPartitions()) {
            return List.of(
                    "the topic %s has %d partitions, and the settings say %d: with another number the order of a user's events is lost; set the number of partitions to %d"
                            .formatted(
                                    topic.name(),
                                    found.partitions().size(),
                                    topic.numPartitions(),
                                    found.partitions().size()));
        }
        Map<String, String> wrong = wrongSettings(admin, topic);
        if (wrong.isEmpty()) {
            return List.of();
        }
        try {
            answer(admin.incrementalAlterConfigs(Map.of(
                            resource(topic),
                            wrong.keySet().stream()
                                    .map(name -> new AlterConfigOp(
                                            new ConfigEntry(
                                                    name, topic.configs().get(name)),
                                            OpType.SET))
                                    .collect(Collectors.<AlterConfigOp>toList())))
                    .all());
            LOG.warn("The topic {} had {}; it is set to {} now.", topic.name(), wrong, topic.configs());
            return List.of();
        } catch (IllegalStateException e) {
            return List.of("the topic %s has %s where it must have %s, and this service may not change that: set it"
                    .formatted(topic.name(), wrong, topic.configs()));
        }
    }

    /** The settings that are not as they must be, by name, as they are. */
    private static Map<String, String> wrongSettings(Admin admin, NewTopic topic) {
        Config found = answer(admin.describeConfigs(List.of(resource(topic))).all())
                .values()
                .iterator()
                .next();
        Map<String, String> wrong = new TreeMap<>();
        Map<String, String> wanted = topic.configs() == null ? Map.of() : topic.configs();
        wanted.forEach((name, value) -> {
            ConfigEntry entry = found.get(name);
            String is = entry == null ? "" : String.valueOf(entry.value());
            if (!is.equals(value) && !isSameNumber(is, value)) {
                wrong.put(name, is);
            }
        });
        return wrong;
    }

    private static boolean isSameNumber(String one, String other) {
        try {
            return Double.parseDouble(one) == Double.parseDouble(other);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static ConfigResource resource(NewTopic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before the topics were checked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not tell how the topics are: " + e, e);
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
        if (checking != null) {
            checking.interrupt();
        }
    }
}
