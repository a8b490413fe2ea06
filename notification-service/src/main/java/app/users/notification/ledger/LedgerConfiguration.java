package app.users.notification.ledger;

import app.users.events.Topics;
import app.users.kafka.ClientSettings;
import app.users.kafka.OwnTopics;
import app.users.management.ServerHealth;
import app.users.start.Server;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** The ledger in MongoDB, and the topic {@code users.mail} that outlives it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LedgerProperties.class)
public class LedgerConfiguration {

    /** Everything that uses MongoDB uses this bean, so it is where the start waits for MongoDB. */
    @Bean
    MongoDatabase notificationDatabase(MongoClient mongo, MongoConnectionDetails details, LedgerProperties settings) {
        MongoDatabase database = mongo.getDatabase(settings.database());
        new Server("MongoDB", details.getConnectionString().getHosts())
                .await(() -> database.runCommand(new Document("ping", 1)), MongoException.class::isInstance);
        return database;
    }

    @Bean
    Ledger notificationLedger(@Qualifier("notificationDatabase") MongoDatabase database) {
        return new Ledger(database);
    }

    @Bean
    LedgerPositions notificationPositions(@Qualifier("notificationDatabase") MongoDatabase database) {
        return new LedgerPositions(database);
    }

    @Bean
    LedgerCleanup notificationHousekeeping(Ledger ledger) {
        return new LedgerCleanup(ledger, Clock.systemUTC());
    }

    @Bean
    MailStateTopic notificationMailStates(KafkaProperties properties, KafkaConnectionDetails kafka, OwnTopics topics) {
        Map<String, Object> producer = ClientSettings.producer(properties, kafka);
        Map<String, Object> consumer = ClientSettings.consumer(properties, kafka);
        // without a group, each process reads the whole topic
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return new MailStateTopic(
                new DefaultKafkaProducerFactory<>(producer, new StringSerializer(), new ByteArraySerializer()),
                consumer,
                topics);
    }

    /**
     * Compacted, but not before the states can no longer be asked for when the ledger is built again. That time counts from the
     * append of a state: an outage of Kafka may have kept it for long.
     */
    @Bean
    NewTopic usersMailTopic(LedgerProperties settings) {
        return TopicBuilder.name(Topics.MAIL)
                .partitions(settings.partitions())
                .replicas(settings.replicas())
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .config(
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(
                                Retention.REMEMBERED.plus(Duration.ofHours(24)).toMillis()))
                .config(
                        TopicConfig.SEGMENT_MS_CONFIG,
                        Long.toString(Duration.ofHours(24).toMillis()))
                .config(TopicConfig.SEGMENT_BYTES_CONFIG, "67108864")
                .config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
                .build();
    }

    /** Asks with ping, which every server knows. */
    @Bean
    HealthIndicator notificationMongoHealthIndicator(@Qualifier("notificationDatabase") MongoDatabase database) {
        return new ServerHealth("MongoDB", () -> {
            database.runCommand(new Document("ping", 1));
            return Health.up().build();
        });
    }
}
