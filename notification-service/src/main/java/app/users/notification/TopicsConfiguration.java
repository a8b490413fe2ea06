package app.users.notification;

import app.users.events.Topics;
import app.users.kafka.BatchListeners;
import app.users.kafka.ClientSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** The topics of the notification service: what it reads and what it tells. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
class TopicsConfiguration {

    @Bean
    MailStates notificationMailStates(KafkaProperties properties, KafkaConnectionDetails kafka, KafkaAdmin admin) {
        Map<String, Object> producer = ClientSettings.producer(properties, kafka);
        Map<String, Object> consumer = ClientSettings.consumer(properties, kafka);
        // read by one alone, whoever else reads
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return new MailStates(
                new DefaultKafkaProducerFactory<>(producer, new StringSerializer(), new ByteArraySerializer()),
                consumer,
                admin);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> notificationKafkaListenerContainerFactory(
            KafkaProperties properties, KafkaConnectionDetails kafka, NotificationProperties settings) {
        Map<String, Object> consumer = ClientSettings.consumer(properties, kafka);
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        var factory = BatchListeners.factory(
                new DefaultKafkaConsumerFactory<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()));
        factory.getContainerProperties().setIdleBeforeDataMultiplier(1);
        return factory;
    }

    /** Compacted, but not before the states can no longer be asked for when the ledger is built again. */
    @Bean
    NewTopic usersMailTopic(NotificationProperties settings) {
        return TopicBuilder.name(Topics.MAIL)
                .partitions(settings.partitions())
                .replicas(settings.replicas())
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .config(
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(
                                Reading.REMEMBERED.plus(Duration.ofHours(24)).toMillis()))
                .config(
                        TopicConfig.SEGMENT_MS_CONFIG,
                        Long.toString(Duration.ofHours(24).toMillis()))
                .config(TopicConfig.SEGMENT_BYTES_CONFIG, "67108864")
                .config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
                .build();
    }
}
