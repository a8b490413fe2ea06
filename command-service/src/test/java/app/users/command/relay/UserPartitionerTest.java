package app.users.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscriber can compute the partition of a user with Kafka's own means. */
class UserPartitionerTest {

    private static final int PARTITIONS = 12;

    private final UserPartitioner partitioner = new UserPartitioner();

    @ParameterizedTest
    @ValueSource(strings = {"1", "42", "1000000", "9223372036854775807"})
    void isWhatKafkaDoesWithTheUserIdAsKey(String user) {
        int kafkas = BuiltInPartitioner.partitionForKey(bytes(user), PARTITIONS);
        assertThat(partition(user + "/1")).isEqualTo(kafkas);
        assertThat(partition(user + "/1000")).isEqualTo(kafkas);
        assertThat(partition(user)).isEqualTo(kafkas);
    }

    private int partition(String key) {
        byte[] bytes = bytes(key);
        return partitioner.partition("t", key, bytes, "", new byte[0], cluster());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Cluster cluster() {
        Node[] none = {};
        List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new PartitionInfo("t", i, Node.noNode(), none, none))
                .toList();
        return new Cluster("c", List.of(), partitions, Set.of(), Set.of());
    }
}
