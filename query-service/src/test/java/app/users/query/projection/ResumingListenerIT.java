package app.users.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.users.kafka.ReaderProgress;
import app.users.kafka.TopicOffsets;
import app.users.testservers.TestServers;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;

/** What a listener does between a failure and the next batch; the consumer is played by the test. */
class ResumingListenerIT {

    private static final Map<String, Object> SETTINGS = Map.of("bootstrap.servers", TestServers.kafka());
    private static final String TOPIC = "resuming";
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

    private final TopicOffsets offsets = new TopicOffsets(new KafkaAdmin(SETTINGS));
    private final ReaderProgress progress = new ReaderProgress(offsets);
    private final MongoClient mongo = MongoClients.create(TestServers.mongoUri());
    private final MongoDatabase database = mongo.getDatabase("resuming_it");
    private final List<String> seeks = new ArrayList<>();
    private final List<Long> written = new ArrayList<>();
    private boolean failing;

    private final ResumingListener listener =
            new ResumingListener(TOPIC, new ViewSchema(database), new ViewPositions(database, offsets), progress) {

                @Override
                void prepare() {
                    // nothing is needed
                }

                @Override
                void write(List<ConsumerRecord<String, byte[]>> batch) {
                    if (failing) {
                        throw new IllegalStateException("MongoDB is away");
                    }
                    batch.forEach(record -> written.add(record.offset()));
                }
            };

    private final ConsumerSeekCallback consumer = (ConsumerSeekCallback) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ConsumerSeekCallback.class}, (proxy, method, arguments) -> {
                seeks.add(method.getName() + Arrays.toString(arguments));
                return null;
            });

    @BeforeEach
    void assign() {
        database.drop();
        try (Admin admin = Admin.create(SETTINGS)) {
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                if (!admin.listTopics().names().get().contains(TOPIC)) {
                    admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1)))
                            .all()
                            .get();
                }
                return admin.describeTopics(List.of(TOPIC))
                                .allTopicNames()
                                .get()
                                .size()
                        == 1;
            });
        }
        listener.onPartitionsAssigned(Map.of(FIRST, 0L, SECOND, 0L), consumer);
        seeks.clear();
    }

    @AfterEach
    void close() {
        mongo.close();
        offsets.close();
    }

    /** The consumer may stand behind a batch that failed, so the next one must not move the position over it. */
    @Test
    void aFailedBatchIsReadAgainFromTheStoredPosition() {
        listener.onMessage(List.of(record(FIRST, 0)));
        failing = true;
        assertThatThrownBy(() -> listener.onMessage(List.of(record(FIRST, 1)))).hasMessage("MongoDB is away");
        failing = false;
        listener.onMessage(List.of(record(FIRST, 2)));
        assertThat(written).containsExactly(0L);
        assertThat(seeks).contains("seek[resuming, 0, 1]");

        listener.onMessage(List.of(record(FIRST, 1), record(FIRST, 2)));
        assertThat(written).containsExactly(0L, 1L, 2L);
    }

    /** The consumer polls between two tries of a batch, and may lose a partition there. */
    @Test
    void aBatchThatIsTriedAgainLeavesOutWhatAnotherProcessReadsNow() {
        failing = true;
        List<ConsumerRecord<String, byte[]>> batch = List.of(record(FIRST, 0), record(SECOND, 5));
        assertThatThrownBy(() -> listener.onMessage(batch)).hasMessage("MongoDB is away");
        failing = false;
        listener.onPartitionsRevoked(Set.of(SECOND));
        listener.onMessage(batch);
        assertThat(seeks).containsExactly("seekToBeginning[resuming, 0]");
        listener.onMessage(batch);
        assertThat(written).containsExactly(0L);
        assertThat(progress.reached()).containsOnlyKeys(FIRST);
    }

    private static ConsumerRecord<String, byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", new byte[0]);
    }
}
