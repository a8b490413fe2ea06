package app.users.notification;

import app.users.events.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
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
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** The topics of the notification service: what it reads and what it tells. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
class TopicsConfiguration {

    @Bean
    MailStates notificationMailStates(KafkaProperties properties, KafkaConnectionDetails kafka, KafkaAdmin admin) {
        Map<String, Object> producer = properties.buildProducerProperties();
        producer.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getProducer().getBootstrapServers());
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        Map<String, Object> consumer = consumer(properties, kafka);
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
        Map<String, Object> consumer = consumer(properties, kafka);
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        // what a killed process was reading is read by another after this long
        consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(
                new DefaultKafkaConsumerFactory<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()));
        factory.setBatchListener(true);
        factory.getContainerProperties().setIdleEventInterval(1_000L);
        factory.getContainerProperties().setIdleBeforeDataMultiplier(1);
        factory.setCommonErrorHandler(new DefaultErrorHandler(forEver()));
        return factory;
    }

    private static Map<String, Object> consumer(KafkaProperties properties, KafkaConnectionDetails kafka) {
        Map<String, Object> consumer = properties.buildConsumerProperties();
        consumer.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getConsumer().getBootstrapServers());
        consumer.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return consumer;
    }

    /** An outage ends; until then the batch is tried again, at most 10 s apart. */
    private static ExponentialBackOff forEver() {
        ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(10_000);
        return backOff;
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
