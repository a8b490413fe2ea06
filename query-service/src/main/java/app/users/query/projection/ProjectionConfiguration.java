package app.users.query.projection;

import app.users.query.view.MailStates;
import app.users.query.view.UserViews;
import com.mongodb.client.MongoDatabase;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** The projection and its consumer; a consumer of its own, so that nothing of another service's leaks in. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
@EnableConfigurationProperties(ProjectionProperties.class)
public class ProjectionConfiguration {

    @Bean
    Projection queryProjection(
            UserViews views,
            MailStates mails,
            @Qualifier("queryDatabase") MongoDatabase database,
            KafkaAdmin kafka,
            Progress progress) {
        return new Projection(views, mails, new Positions(database, kafka), progress);
    }

    @Bean
    MailProjection queryMailProjection(
            MailStates mails,
            UserViews views,
            @Qualifier("queryDatabase") MongoDatabase database,
            KafkaAdmin kafka,
            Progress progress) {
        return new MailProjection(mails, views, new Positions(database, kafka), progress);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> queryKafkaListenerContainerFactory(
            KafkaProperties kafkaProperties, KafkaConnectionDetails kafka, ProjectionProperties properties) {
        return factory(kafkaProperties, kafka, properties.group(), properties.concurrency());
    }

    /** A group of its own, so that the topics of one do not make the other stop and share out anew. */
    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> queryMailKafkaListenerContainerFactory(
            KafkaProperties kafkaProperties, KafkaConnectionDetails kafka, ProjectionProperties properties) {
        return factory(kafkaProperties, kafka, properties.group() + "-mails", 1);
    }

    private static ConcurrentKafkaListenerContainerFactory<String, byte[]> factory(
            KafkaProperties kafkaProperties, KafkaConnectionDetails kafka, String group, int concurrency) {
        Map<String, Object> settings = kafkaProperties.buildConsumerProperties();
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getConsumer().getBootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // what a killed process was reading is read by another after this long
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        // its owner makes the topic: whoever comes before waits for it no longer than this
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
        factory.setBatchListener(true);
        factory.setConcurrency(concurrency);
        factory.getContainerProperties().setIdleEventInterval(1_000L);
        factory.setCommonErrorHandler(new DefaultErrorHandler(forEver()));
        return factory;
    }

    /** An outage ends; until then the batch is tried again, at most 10 s apart. */
    private static ExponentialBackOff forEver() {
        ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(10_000);
        return backOff;
    }
}
