package app.users.command.relay;

import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/** Chooses the partition by the user alone: of the key {@code <user id>/<version>}, what stands before the last slash. */
public final class UserPartitioner implements Partitioner {

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        int slash = keyBytes.length - 1;
        while (slash > 0 && keyBytes[slash] != '/') {
            slash--;
        }
        if (slash <= 0) {
            throw new IllegalArgumentException("not a key <user id>/<version>: " + key);
        }
        int hash = Utils.toPositive(Utils.murmur2(Arrays.copyOf(keyBytes, slash)));
        return hash % cluster.partitionsForTopic(topic).size();
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
