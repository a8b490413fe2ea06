package app.users.command.relay;

import app.users.events.Topics;
import app.users.kafka.OwnTopics;
import app.users.kafka.TopicOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The event store as the relay reads it: opened only once the topic is known to hold all that it has acknowledged. If it
 * lost something (Kafka's data deleted, a broker that came back with less), the relay starts again from the first event;
 * what is still there is sent under the same key and compacted away.
 */
final class CheckedStore implements StreamableMessageSource<TrackedEventMessage<?>> {

    private static final int ONLY_SEGMENT = 0;

    private final StreamableMessageSource<TrackedEventMessage<?>> store;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final TopicOffsets offsets;
    private final OwnTopics topics;
    private final Acknowledged acknowledged;
    private volatile @Nullable String topicId;

    CheckedStore(
            StreamableMessageSource<TrackedEventMessage<?>> store,
            TokenStore tokens,
            TransactionManager transactions,
            TopicOffsets offsets,
            OwnTopics topics,
            Acknowledged acknowledged) {
        this.store = store;
        this.tokens = tokens;
        this.transactions = transactions;
        this.offsets = offsets;
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
        String id = offsets.topicId(Topics.EVENTS);
        if (isLost(id)) {
            startAgain();
            throw new IllegalStateException(
                    "the topic " + Topics.EVENTS + " has lost events; all are sent again from the store");
        }
        topicId = id;
    }

    /**
     * Whether the topic has lost events that are not being sent again yet; asks Kafka.
     *
     * @throws IllegalStateException when Kafka does not answer, or there is no topic yet
     */
    boolean hasLostEvents() {
        return topicId == null && isLost(offsets.topicId(Topics.EVENTS));
    }

    private boolean isLost(String id) {
        return acknowledged.isLost(
                id,
                offsets.ends(List.of(Topics.EVENTS)).entrySet().stream()
                        .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue)));
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
