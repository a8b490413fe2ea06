package app.users.notification;

import app.users.kafka.KafkaConfiguration;
import app.users.notification.delivery.DeliveryConfiguration;
import app.users.notification.intake.IntakeConfiguration;
import app.users.notification.ledger.LedgerConfiguration;
import app.users.notification.letters.LettersConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The notification service: mails and text messages that events ask for. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({
    KafkaConfiguration.class,
    LettersConfiguration.class,
    LedgerConfiguration.class,
    DeliveryConfiguration.class,
    IntakeConfiguration.class
})
public class NotificationConfiguration {}
