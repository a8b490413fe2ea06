package app.users.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import app.users.events.Topics;
import app.users.kafka.OwnTopics;
import app.users.testservers.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

/** A topic that others made with other settings is set right before anything is sent to it, or nothing is sent. */
class OwnTopicsIT {

    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", TestServers.localKafka().bootstrapServers());
    private static final NewTopic EVENTS = new RelayConfiguration()
            .usersEventsTopic(new RelayProperties(3, 1, Duration.ofHours(1), Duration.ofDays(1)));

    @Test
    void aTopicThatWouldForgetIsSetRight() throws Exception {
        make(new NewTopic(Topics.EVENTS, 3, (short) 1)
                .configs(Map.of("cleanup.policy", "delete", "retention.ms", "604800000")));
        OwnTopics topics = topics(EVENTS);
        assertThatIllegalStateException().isThrownBy(topics::require).withMessage("the topics are not checked yet");

        topics.ensure();

        assertThatCode(topics::require).doesNotThrowAnyException();
        // the broker knows what it was told as soon as it has read it from the controller's log
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Config settings = settings(Topics.EVENTS);
            EVENTS.configs()
                    .forEach((name, value) ->
                            assertThat(settings.get(name).value()).as(name).isEqualTo(value));
        });
    }

    @Test
    void withAnotherNumberOfPartitionsNothingIsSent() throws Exception {
        NewTopic wanted = new NewTopic("with-one-partition", 3, (short) 1);
        make(new NewTopic(wanted.name(), 1, (short) 1));
        OwnTopics topics = topics(wanted);

        assertThatIllegalStateException()
                .isThrownBy(topics::ensure)
                .withMessageContaining("the topic with-one-partition has 1 partitions, and the settings say 3");
        assertThatIllegalStateException().isThrownBy(topics::require);
        assertThat(topics.fault()).contains("set the number of partitions to 1");
    }

    @Test
    void aMissingTopicIsMade() throws Exception {
        NewTopic wanted = new NewTopic("missing", 2, (short) 1).configs(Map.of("cleanup.policy", "compact"));
        OwnTopics topics = topics(wanted);
        // as the relay does: a topic that was just made may not be known yet
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(topics::ensure);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                settings("missing").get("cleanup.policy").value())
                        .isEqualTo("compact"));
    }

    private static OwnTopics topics(NewTopic topic) {
        return new OwnTopics(new KafkaAdmin(BROKER), List.of(topic));
    }

    private static void make(NewTopic topic) throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(BROKER)) {
            admin.createTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> admin.describeTopics(List.of(topic.name()))
                                    .allTopicNames()
                                    .get(60, TimeUnit.SECONDS)
                                    .size()
                            == 1);
        }
    }

    private static Config settings(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(BROKER)) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get(60, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next();
        }
    }
}
