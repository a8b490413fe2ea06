package app.users.query.rebuild;

import app.users.kafka.lag.Reader;
import app.users.management.ServerHealth;
import app.users.query.projection.ViewSetFactory;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The sets of views that run, and what operators see and do with them. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(ViewProperties.class)
public class RebuildConfiguration {

    @Bean
    ViewSets queryViewSets(@Qualifier("queryDatabase") MongoDatabase first, ViewSetFactory factory) {
        return new ViewSets(new ViewPlan(first), factory, Clock.systemUTC());
    }

    @Bean
    ViewsEndpoint queryViewsEndpoint(ViewSets sets) {
        return new ViewsEndpoint(sets);
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
