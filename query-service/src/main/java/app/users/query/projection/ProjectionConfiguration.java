package app.users.query.projection;

import app.users.kafka.ClientSettings;
import app.users.kafka.TopicOffsets;
import com.mongodb.client.MongoClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The consumers that keep views up to date. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionProperties.class)
public class ProjectionConfiguration {

    @Bean
    ViewSetFactory queryViewSetFactory(
            MongoClient mongo,
            TopicOffsets offsets,
            MeterRegistry meters,
            KafkaProperties kafkaProperties,
            KafkaConnectionDetails kafka,
            ProjectionProperties properties) {
        return new ViewSetFactory(mongo, offsets, meters, ClientSettings.consumer(kafkaProperties, kafka), properties);
    }
}
