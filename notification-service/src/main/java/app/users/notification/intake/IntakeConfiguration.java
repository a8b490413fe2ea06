package app.users.notification.intake;

import app.users.events.Topics;
import app.users.kafka.BatchListeners;
import app.users.kafka.ClientSettings;
import app.users.kafka.ReaderProgress;
import app.users.kafka.TopicOffsets;
import app.users.kafka.lag.Reader;
import app.users.notification.delivery.Dispatcher;
import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.LedgerPositions;
import app.users.notification.ledger.MailStateTopic;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** The listener of {@link Topics#EVENTS}. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
@EnableConfigurationProperties(IntakeProperties.class)
public class IntakeConfiguration {

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> notificationKafkaListenerContainerFactory(
            KafkaProperties properties, KafkaConnectionDetails kafka, IntakeProperties settings) {
        Map<String, Object> consumer = ClientSettings.consumer(properties, kafka);
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        var factory = BatchListeners.factory(
                new DefaultKafkaConsumerFactory<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()));
        factory.getContainerProperties().setIdleBeforeDataMultiplier(1);
        return factory;
    }

    @Bean
    ReaderProgress notificationProgress(TopicOffsets offsets) {
        return new ReaderProgress(offsets);
    }

    @Bean
    Reading notificationReading(
            LedgerPositions positions,
            Ledger ledger,
            MailStateTopic states,
            TopicOffsets offsets,
            ReaderProgress progress) {
        return new Reading(positions, ledger, states, offsets, progress, Clock.systemUTC());
    }

    @Bean
    Reader notificationReader(ReaderProgress progress) {
        return new Reader("mails", () -> progress.positions(Topics.EVENTS));
    }

    @Bean
    Intake notificationIntake(Reading reading, Ledger ledger, MailStateTopic states, List<Dispatcher> dispatchers) {
        return new Intake(reading, ledger, states, Clock.systemUTC(), () -> dispatchers.forEach(Dispatcher::wake));
    }
}
