package app.users.command.security;

import app.users.command.relay.Sender;
import app.users.events.Topics;
import java.time.Clock;
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
            JdbcTemplate jdbc, PlatformTransactionManager transactions, Sender sender, SecurityLog log, Clock clock) {
        return new SecurityRelay(jdbc, new TransactionTemplate(transactions), sender, log, clock);
    }

    /** Not compacted: what is personal in it can be read only as long as its user's key exists. */
    @Bean
    NewTopic usersSecurityTopic(SecurityProperties properties) {
        return TopicBuilder.name(Topics.SECURITY)
                .partitions(properties.partitions())
                .replicas(properties.replicas())
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .config(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(properties.keptFor().toMillis()))
                .build();
    }
}
