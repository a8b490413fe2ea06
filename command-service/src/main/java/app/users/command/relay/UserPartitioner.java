package app.users.command.relay;

import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/** Chooses the partition by the user alone: what stands before the last slash of the key, or all of it. */
public final class UserPartitioner implements Partitioner {

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        int end = keyBytes.length - 1;
        while (end >= 0 && keyBytes[end] != '/') {
            end--;
        }
        byte[] user = end < 0 ? keyBytes : Arrays.copyOf(keyBytes, end);
        int hash = Utils.toPositive(Utils.murmur2(user));
        return hash % cluster.partitionsForTopic(topic).size();
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
