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
 * @param checkWithin how long one pass over all users takes, in which their events are sent once more for readers to compare
 *     their copies with; 0s for no passes
 */
@ConfigurationProperties("users.relay")
public record RelayProperties(
        @DefaultValue("3") int partitions,
        @DefaultValue("1") int replicas,
        @DefaultValue("1h") Duration housekeeping,
        @DefaultValue("1d") Duration checkWithin) {

    public RelayProperties {
        Require.atLeast("users.relay.partitions", partitions, 1);
        Require.between("users.relay.replicas", replicas, 1, Short.MAX_VALUE);
        Require.atLeast("users.relay.housekeeping", housekeeping, Duration.ofSeconds(1));
        Require.atLeast("users.relay.check-within", checkWithin, Duration.ZERO);
    }
}
