package app.users.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.kafka.TopicOffsets;
import app.users.testservers.TestServers;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

class ViewPositionsIT {

    private static final Map<String, Object> SETTINGS = Map.of("bootstrap.servers", TestServers.kafka());

    private final TopicOffsets offsets = new TopicOffsets(new KafkaAdmin(SETTINGS));
    private final MongoClient mongo = MongoClients.create(TestServers.mongoUri());
    private final Admin admin = Admin.create(SETTINGS);

    @AfterEach
    void close() {
        admin.close();
        mongo.close();
        offsets.close();
    }

    @Test
    void aPositionIsKeptForItsTopicAndForgottenWithIt() throws Exception {
        TopicPartition partition = new TopicPartition("replaced", 0);
        ViewPositions positions = positions("positions_it");
        assertThat(positions.move(partition, 0, 1)).isFalse();
        make(partition);
        assertThat(positions.next(partition)).isZero();
        assertThat(positions.move(partition, 0, 5)).isTrue();
        assertThat(positions.move(partition, 0, 4))
                .as("a move from where it is not")
                .isFalse();
        assertThat(positions.next(partition)).isEqualTo(5);

        admin.deleteTopics(List.of(partition.topic())).all().get();
        make(partition);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(positions.next(partition)).isZero());
    }

    @Test
    void aRebuildThatAnotherProcessTakesUpIsStillOne() throws Exception {
        TopicPartition partition = new TopicPartition("rebuilt", 0);
        make(partition);
        try (var producer = new KafkaProducer<>(SETTINGS, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 5; i++) {
                producer.send(new ProducerRecord<>(partition.topic(), "record " + i))
                        .get();
            }
        }
        ViewPositions first = positions("rebuilt_it");
        assertThat(first.next(partition)).isZero();
        assertThat(first.rebuild()).isEqualTo(new RebuildProgress(0, 5));
        assertThat(first.move(partition, 0, 3)).isTrue();

        ViewPositions second = positions("rebuilt_it");
        assertThat(second.next(partition)).isEqualTo(3);
        assertThat(second.rebuild()).isEqualTo(new RebuildProgress(3, 5));
        assertThat(second.rebuild().isRunning()).isTrue();
        assertThat(second.move(partition, 3, 6)).isTrue();
        assertThat(first.rebuild().isRunning()).isFalse();
    }

    /** As two processes, or two listeners of one, on a new database. */
    @Test
    void readersThatBeginTogetherDropNothing() throws Exception {
        TopicPartition partition = new TopicPartition("together", 0);
        make(partition);
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String database = "together_it" + i;
                Callable<Void> begin = () -> {
                    new ViewSchema(mongo.getDatabase(database)).check();
                    positions(database).next(partition);
                    mongo.getDatabase(database).getCollection("users").insertOne(new Document());
                    return null;
                };
                for (Future<Void> done : readers.invokeAll(List.of(begin, begin, begin))) {
                    done.get();
                }
                assertThat(mongo.getDatabase(database).getCollection("users").countDocuments())
                        .isEqualTo(3);
                mongo.getDatabase(database).drop();
            }
        }
    }

    private ViewPositions positions(String database) {
        return new ViewPositions(mongo.getDatabase(database), offsets);
    }

    private void make(TopicPartition partition) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> admin.createTopics(List.of(new NewTopic(partition.topic(), 1, (short) 1)))
                                .all()
                                .get()
                        == null);
    }
}
