package app.users.command.relay;

import app.users.events.Topics;
import app.users.kafka.OwnTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * The event store as the relay reads it: opened only once the topic is known to hold all that it has acknowledged. If it
 * lost something (Kafka's data deleted, a broker that came back with less), the relay starts again from the first event;
 * what is still there is sent under the same key and compacted away.
 */
final class CheckedStore implements StreamableMessageSource<TrackedEventMessage<?>> {

    private static final int ONLY_SEGMENT = 0;
    private static final long PATIENCE_SECONDS = 30;

    private final StreamableMessageSource<TrackedEventMessage<?>> store;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final KafkaAdmin kafka;
    private final OwnTopics topics;
    private final Acknowledged acknowledged;
    private volatile @Nullable String topicId;

    CheckedStore(
            StreamableMessageSource<TrackedEventMessage<?>> store,
            TokenStore tokens,
            TransactionManager transactions,
            KafkaAdmin kafka,
            OwnTopics topics,
            Acknowledged acknowledged) {
        this.store = store;
        this.tokens = tokens;
        this.transactions = transactions;
        this.kafka = kafka;
        this.topics = topics;
        this.acknowledged = acknowledged;
    }

    /** Throws when Kafka does not answer or has lost something; Axon then claims the position anew and tries again. */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        if (topicId == null) {
            check();
        }
        return store.openStream(token);
    }

    private void check() {
        topics.ensure();
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            TopicDescription topic = admin.describeTopics(List.of(Topics.EVENTS))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next();
            String id = topic.topicId().toString();
            if (acknowledged.isLost(id, ends(admin, topic))) {
                startAgain();
                throw new IllegalStateException(
                        "the topic " + Topics.EVENTS + " has lost events; all are sent again from the store");
            }
            topicId = id;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before the topic was checked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer; the relay waits for it", e);
        }
    }

    private static Map<Integer, Long> ends(Admin admin, TopicDescription topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = topic.partitions().stream()
                .collect(Collectors.toMap(
                        p -> new TopicPartition(topic.name(), p.partition()), p -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().partition(), e -> e.getValue().offset()));
    }

    private void startAgain() {
        transactions.executeInTransaction(() -> {
            acknowledged.forget();
            tokens.storeToken(store.createTailToken(), Relay.GROUP, ONLY_SEGMENT);
        });
    }

    /** To be called in the relay's transaction. */
    void remember(Map<Integer, Long> next) {
        String id = topicId;
        if (id != null) {
            acknowledged.remember(id, next);
        }
    }

    @Override
    public TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return store.createTokenAt(time);
    }

    @Override
    public TrackingToken createTokenSince(Duration duration) {
        return store.createTokenSince(duration);
    }
}
