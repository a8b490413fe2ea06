package app.users.query.projection;

import app.users.kafka.ClientSettings;
import app.users.kafka.KafkaConfiguration;
import app.users.kafka.TopicOffsets;
import app.users.kafka.lag.Reader;
import app.users.management.ServerHealth;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The views and their consumers; of their own, so that nothing of another service's leaks in. */
@Configuration(proxyBeanMethods = false)
@Import(KafkaConfiguration.class)
@EnableScheduling
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

    @Bean
    ViewSets queryViewSets(@Qualifier("queryDatabase") MongoDatabase first, ViewSetFactory factory) {
        return new ViewSets(first, factory, Clock.systemUTC());
    }

    @Bean
    ViewsEndpoint queryViewsEndpoint(ViewSets sets, MongoClient mongo) {
        return new ViewsEndpoint(sets, mongo);
    }

    @Bean
    ParkedEndpoint queryParkedEndpoint(ViewSets sets) {
        return new ParkedEndpoint(sets);
    }

    @Bean
    Reader queryReader(ViewSets sets) {
        return new Reader("projection", sets::positions);
    }

    /** For readiness: the views can be read and are complete. */
    @Bean
    HealthIndicator queryViewsHealthIndicator(ViewSets sets) {
        return new ServerHealth("MongoDB with the views", new ViewsHealth(sets));
    }
}
