package app.users.notification;

import app.users.events.Topics;
import app.users.kafka.KafkaConfiguration;
import app.users.kafka.Progress;
import app.users.kafka.TopicOffsets;
import app.users.kafka.lag.Reader;
import app.users.management.ServerHealth;
import app.users.start.Server;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The notification service: what people receive. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({KafkaConfiguration.class, TopicsConfiguration.class})
@EnableConfigurationProperties({NotificationProperties.class, ConfirmationKey.class})
public class NotificationConfiguration {

    @Bean
    Letters notificationLetters(NotificationProperties settings, ConfirmationKey key) {
        return new Letters(Templates.load(settings.templates()), key.codes(), Clock.systemUTC());
    }

    /** Everything that uses MongoDB uses this bean, so it is where the start waits for MongoDB. */
    @Bean
    MongoDatabase notificationDatabase(
            MongoClient mongo, MongoConnectionDetails details, NotificationProperties settings) {
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
    Housekeeping notificationHousekeeping(Ledger ledger) {
        return new Housekeeping(ledger, Clock.systemUTC());
    }

    @Bean
    MailCounts notificationMailCounts(MeterRegistry meters, Ledger ledger) {
        return new MailCounts(meters, ledger);
    }

    @Bean
    TextMessages notificationTextMessages(NotificationProperties settings) {
        URI url = settings.sms().url();
        return url == null ? new LoggedTextMessages() : new HttpTextMessages(url, settings.sms());
    }

    @Bean
    Sender notificationMailSender(
            JavaMailSender server,
            Letters letters,
            Ledger ledger,
            MailStates states,
            MailCounts counts,
            NotificationProperties settings) {
        Mailer mailer = new Mailer(server, settings.from());
        Clock clock = Clock.systemUTC();
        var delivery = new Delivery(
                mail -> mailer.send(mail.event(), mail.to(), letters.write(mail)), ledger, states, counts, clock);
        return new Sender(Way.MAIL, delivery, ledger, clock, settings);
    }

    @Bean
    Sender notificationTextSender(
            TextMessages texts,
            Letters letters,
            Ledger ledger,
            MailStates states,
            MailCounts counts,
            NotificationProperties settings) {
        Clock clock = Clock.systemUTC();
        var delivery = new Delivery(
                mail -> texts.send(mail.event(), mail.to(), letters.write(mail).text()), ledger, states, counts, clock);
        return new Sender(Way.TEXT, delivery, ledger, clock, settings);
    }

    @Bean
    Progress notificationProgress(TopicOffsets offsets) {
        return new Progress(offsets);
    }

    @Bean
    Reading notificationReading(
            @Qualifier("notificationDatabase") MongoDatabase database,
            Ledger ledger,
            MailStates states,
            TopicOffsets offsets,
            Progress progress) {
        return new Reading(new Positions(database), ledger, states, offsets, progress, Clock.systemUTC());
    }

    @Bean
    Reader notificationReader(Progress progress) {
        return new Reader("mails", () -> progress.positions(List.of(Topics.EVENTS)));
    }

    @Bean
    Intake notificationIntake(
            Reading reading,
            Ledger ledger,
            MailStates states,
            @Qualifier("notificationMailSender") Sender mails,
            @Qualifier("notificationTextSender") Sender texts) {
        return new Intake(reading, ledger, states, Clock.systemUTC(), () -> {
            mails.wake();
            texts.wake();
        });
    }

    /** An outage is noticed within seconds, not after the driver's half minute. */
    @Bean
    MongoClientSettingsBuilderCustomizer notificationMongoTimeouts() {
        return settings -> settings.applyToClusterSettings(c -> c.serverSelectionTimeout(2, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        s -> s.connectTimeout(2, TimeUnit.SECONDS).readTimeout(10, TimeUnit.SECONDS));
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
