package app.users.query;

import app.users.kafka.KafkaConfiguration;
import app.users.management.ServerHealth;
import app.users.query.parked.ParkedConfiguration;
import app.users.query.projection.ProjectionConfiguration;
import app.users.query.read.ReadConfiguration;
import app.users.query.rebuild.RebuildConfiguration;
import app.users.query.rebuild.ViewProperties;
import app.users.start.Server;
import app.users.web.WebConfiguration;
import app.users.web.page.PageConfiguration;
import app.users.web.page.Part;
import app.users.web.route.Owner;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The query service: everything that reads. */
@Configuration(proxyBeanMethods = false)
@Import({
    WebConfiguration.class,
    PageConfiguration.class,
    KafkaConfiguration.class,
    ProjectionConfiguration.class,
    RebuildConfiguration.class,
    ParkedConfiguration.class,
    ReadConfiguration.class
})
public class QueryConfiguration {

    @Bean
    Owner queryOwner() {
        return Owner.QUERY;
    }

    /** Everything that uses MongoDB uses this bean, so it is where the start waits for MongoDB. */
    @Bean
    MongoDatabase queryDatabase(MongoClient mongo, MongoConnectionDetails details, ViewProperties properties) {
        MongoDatabase database = mongo.getDatabase(properties.database());
        new Server("MongoDB", details.getConnectionString().getHosts())
                .await(() -> database.runCommand(new Document("ping", 1)), MongoException.class::isInstance);
        return database;
    }

    /** Asks with ping, which every server knows. */
    @Bean
    HealthIndicator queryMongoHealthIndicator(@Qualifier("queryDatabase") MongoDatabase database) {
        return new ServerHealth("MongoDB", () -> {
            database.runCommand(new Document("ping", 1));
            return Health.up().build();
        });
    }

    /** Reads answer when MongoDB does and the views are complete. */
    @Bean
    Part queryViewsPart(
            @Qualifier("queryMongoHealthIndicator") HealthIndicator mongo,
            @Qualifier("queryViewsHealthIndicator") HealthIndicator views) {
        return Part.of("views", () -> isUp(mongo) && isUp(views));
    }

    private static boolean isUp(HealthIndicator part) {
        Health health = part.health();
        return health != null && health.getStatus().equals(Status.UP);
    }
}
