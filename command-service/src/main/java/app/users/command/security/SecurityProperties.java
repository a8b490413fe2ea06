package app.users.command.security;

import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The topic {@code users.security}.
 *
 * @param partitions partitions of the topic
 * @param replicas copies of each partition; at most as many as there are brokers
 * @param keptFor how long Kafka keeps sign-ins, refusals and revoked sessions
 */
@ConfigurationProperties("users.security")
record SecurityProperties(
        @DefaultValue("3") int partitions,
        @DefaultValue("1") int replicas,
        @DefaultValue("90d") Duration keptFor) {

    SecurityProperties {
        Require.atLeast("users.security.partitions", partitions, 1);
        Require.between("users.security.replicas", replicas, 1, Short.MAX_VALUE);
        Require.atLeast("users.security.kept-for", keptFor, Duration.ofHours(1));
    }
}
