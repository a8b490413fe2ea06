package app.users.lag;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Watches every {@link Reader} of the process. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(LagProperties.class)
public class LagConfiguration {

    @Bean
    TopicEnds topicEnds(KafkaAdmin kafka) {
        return new TopicEnds(kafka);
    }

    @Bean
    FirstTopics firstTopics(KafkaAdmin kafka, ObjectProvider<NewTopic> topics) {
        return new FirstTopics(kafka, topics.stream().toList());
    }

    @Bean
    Watchdog lagHealthIndicator(List<Reader> readers, LagProperties properties, MeterRegistry meters) {
        return new Watchdog(readers, properties.patience(), meters, Clock.systemUTC());
    }
}
