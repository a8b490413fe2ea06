package app.users.notification;

import app.users.events.ConfirmationCode;
import com.mongodb.client.MongoClient;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.util.backoff.ExponentialBackOff;

/** The notification service: what people receive. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
public class NotificationConfiguration {

    @Bean
    Mailer notificationMailer(
            JavaMailSender sender,
            MongoClient mongo,
            @Value("${users.notification.database}") String database,
            @Value("${users.notification.from}") String from,
            @Value("${users.confirmation.key:}") String key) {
        if (key.isBlank()) {
            throw new IllegalStateException(
                    "Set users.confirmation.key to base64 of 32 random bytes: openssl rand -base64 32"
                            + " (the same as the command service's)");
        }
        return new Mailer(
                sender,
                new Ledger(mongo.getDatabase(database)),
                new ConfirmationCode(Base64.getDecoder().decode(key)),
                Clock.systemUTC(),
                from);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> notificationKafkaListenerContainerFactory(
            KafkaProperties properties,
            KafkaConnectionDetails kafka,
            @Value("${users.notification.group}") String group,
            @Value("${users.notification.concurrency}") int concurrency) {
        Map<String, Object> settings = properties.buildConsumerProperties();
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getConsumer().getBootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // what a killed process was reading is read by another after this long
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
        factory.setConcurrency(concurrency);
        factory.getContainerProperties().setAckMode(AckMode.RECORD);
        factory.setCommonErrorHandler(new DefaultErrorHandler(forEver()));
        return factory;
    }

    /** Until the mail server is back, at most half a minute apart. */
    private static ExponentialBackOff forEver() {
        ExponentialBackOff backOff = new ExponentialBackOff(1_000, 2);
        backOff.setMaxInterval(30_000);
        return backOff;
    }
}
