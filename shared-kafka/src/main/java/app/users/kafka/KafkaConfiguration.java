package app.users.kafka;

import app.users.kafka.lag.LagConfiguration;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaAdmin;

/** What a process that uses Kafka has once: its topics, their offsets, and the lag of its readers. */
@Configuration(proxyBeanMethods = false)
@Import(LagConfiguration.class)
public class KafkaConfiguration {

    @Bean
    TopicOffsets topicOffsets(KafkaAdmin kafka) {
        return new TopicOffsets(kafka);
    }

    @Bean
    OwnTopics ownTopics(KafkaAdmin kafka, ObjectProvider<NewTopic> topics) {
        return new OwnTopics(kafka, topics.stream().toList());
    }

    @Bean
    HealthIndicator topicsHealthIndicator(OwnTopics topics) {
        return () -> topics.fault() == null
                ? Health.up().build()
                : Health.down().withDetail("reason", topics.fault()).build();
    }
}
