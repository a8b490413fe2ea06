package app.users.command.security;

import app.users.command.relay.RecordSender;
import app.users.events.Topics;
import app.users.kafka.lag.Position;
import app.users.kafka.lag.Reader;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox of what happened at the door, and its topic. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityConfiguration {

    @Bean
    SecurityLog securityLog(JdbcTemplate jdbc, Clock clock) {
        return new SecurityLog(jdbc, clock);
    }

    @Bean
    SecurityRelay securityRelay(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            RecordSender sender,
            SecurityLog log,
            Clock clock) {
        return new SecurityRelay(jdbc, new TransactionTemplate(transactions), sender, log, clock);
    }

    /** What it has sent is gone: it stands at the oldest that is left. */
    @Bean
    Reader securityReader(JdbcTemplate jdbc) {
        return new Reader(
                "security-relay",
                () -> Map.of(
                        "outbox",
                        Objects.requireNonNull(jdbc.queryForObject(
                                "select coalesce(min(id), 0), coalesce(max(id) + 1, 0) from security_event",
                                (row, i) -> new Position(row.getLong(1), row.getLong(2))))));
    }

    /**
     * Not compacted: what is personal in it can be read only as long as its user's key exists. The timestamp of a record is the
     * time of the event, so that the retention counts from there. After an outage events are hours old: brokers that refuse old
     * timestamps would refuse them.
     */
    @Bean
    NewTopic usersSecurityTopic(SecurityProperties properties) {
        return TopicBuilder.name(Topics.SECURITY)
                .partitions(properties.partitions())
                .replicas(properties.replicas())
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .config(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(properties.keptFor().toMillis()))
                .config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime")
                .config(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE))
                .build();
    }
}
