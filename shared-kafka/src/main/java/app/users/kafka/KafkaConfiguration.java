package app.users.kafka;

import app.users.kafka.lag.LagConfiguration;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
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
    FirstTopics firstTopics(KafkaAdmin kafka, ObjectProvider<NewTopic> topics) {
        return new FirstTopics(kafka, topics.stream().toList());
    }
}
