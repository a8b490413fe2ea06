package app.users.kafka;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

class ReaderProgressTest {

    private final ReaderProgress progress = new ReaderProgress(new TopicOffsets(new KafkaAdmin(Map.of())));

    /** With a right that is missing from the start, a reader never gets there: its lag is unknown, not zero. */
    @Test
    void cannotTellHowFarItIsBeforeTheGroupHasAssignedThePartitionsOfItsTopic() {
        progress.joined("other");
        progress.reached(new TopicPartition("other", 0), 5);
        assertThatIllegalStateException()
                .isThrownBy(() -> progress.positions("events"))
                .withMessage("not a member of the group that reads events yet");
    }
}
