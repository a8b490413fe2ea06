package app.users.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.testservers.TestServers;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

class PositionsIT {

    private static final TopicPartition PARTITION = new TopicPartition("replaced", 0);

    @Test
    void aPositionIsKeptForItsTopicAndForgottenWithIt() throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestServers.kafka());
        try (MongoClient mongo = MongoClients.create(TestServers.mongoUri());
                Admin admin = Admin.create(settings)) {
            Positions positions =
                    new Positions(mongo.getDatabase("positions_it"), new KafkaAdmin(Map.copyOf(settings)));
            assertThat(positions.move(PARTITION, 1)).isFalse();
            make(admin);
            assertThat(positions.next(PARTITION)).isZero();
            assertThat(positions.move(PARTITION, 5)).isTrue();
            assertThat(positions.move(PARTITION, 4)).isTrue();
            assertThat(positions.next(PARTITION)).isEqualTo(5);

            admin.deleteTopics(List.of(PARTITION.topic())).all().get();
            make(admin);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(positions.next(PARTITION)).isZero());
        }
    }

    private static void make(Admin admin) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                                .all()
                                .get()
                        == null);
    }
}
