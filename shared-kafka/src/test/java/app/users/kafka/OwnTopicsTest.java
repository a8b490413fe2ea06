package app.users.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class OwnTopicsTest {

    @Test
    void aRecordCountsAsSentWhenTwoOfThreeCopiesHaveIt() {
        NewTopic topic = new NewTopic("events", 3, (short) 3).configs(Map.of("cleanup.policy", "compact"));
        assertThat(OwnTopics.durable(topic).configs())
                .containsOnly(Map.entry("cleanup.policy", "compact"), Map.entry("min.insync.replicas", "2"));
    }

    /** One broker of two may end, and sending goes on. */
    @Test
    void withFewerCopiesTheBrokersSettingCounts() {
        assertThat(OwnTopics.durable(new NewTopic("events", 3, (short) 2)).configs())
                .isNull();
    }
}
