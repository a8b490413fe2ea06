package app.users.query.projection;

import app.users.settings.Require;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the projection reads its topic.
 *
 * @param group the projection's Kafka consumer group
 * @param concurrency how many threads read the topic; more than it has partitions are idle
 */
@ConfigurationProperties("users.query")
record ProjectionProperties(
        @DefaultValue("users-query") String group,
        @DefaultValue("1") int concurrency) {

    ProjectionProperties {
        Require.text("users.query.group", group);
        Require.atLeast("users.query.concurrency", concurrency, 1);
    }
}
