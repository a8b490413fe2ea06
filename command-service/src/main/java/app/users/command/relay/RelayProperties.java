package app.users.command.relay;

import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The topic {@code users.events} and what keeps it in order.
 *
 * @param partitions partitions of the topic; changing it later would break the order of a user's events
 * @param replicas copies of each partition; at most as many as there are brokers
 * @param housekeeping how often the log is made to roll and late tombstones are sent again; compaction waits for it
 */
@ConfigurationProperties("users.relay")
record RelayProperties(
        @DefaultValue("3") int partitions,
        @DefaultValue("1") int replicas,
        @DefaultValue("1h") Duration housekeeping) {

    RelayProperties {
        Require.atLeast("users.relay.partitions", partitions, 1);
        Require.between("users.relay.replicas", replicas, 1, Short.MAX_VALUE);
        Require.atLeast("users.relay.housekeeping", housekeeping, Duration.ofSeconds(1));
    }
}
