package app.users.notification.delivery;

import app.users.notification.ledger.Ledger;
import app.users.notification.ledger.MailStateTopic;
import app.users.notification.ledger.Way;
import app.users.notification.letters.Letters;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

/** One dispatcher for mails and one for text messages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
public class DeliveryConfiguration {

    @Bean
    MailCounts notificationMailCounts(MeterRegistry meters, Ledger ledger) {
        return new MailCounts(meters, ledger);
    }

    @Bean
    TextMessages notificationTextMessages(DeliveryProperties settings) {
        URI url = settings.sms().url();
        return url == null ? new LoggedTextMessages() : new HttpTextMessages(url, settings.sms());
    }

    @Bean
    Dispatcher notificationMailSender(
            JavaMailSender server,
            Letters letters,
            Ledger ledger,
            MailStateTopic states,
            MailCounts counts,
            DeliveryProperties settings) {
        Mailer mailer = new Mailer(server, settings.from());
        Clock clock = Clock.systemUTC();
        var delivery = new Delivery(
                mail -> mailer.send(mail.event(), mail.to(), letters.write(mail)), ledger, states, counts, clock);
        return new Dispatcher(Way.MAIL, delivery, ledger, clock, settings);
    }

    @Bean
    Dispatcher notificationTextSender(
            TextMessages texts,
            Letters letters,
            Ledger ledger,
            MailStateTopic states,
            MailCounts counts,
            DeliveryProperties settings) {
        Clock clock = Clock.systemUTC();
        var delivery = new Delivery(
                mail -> texts.send(mail.event(), mail.to(), letters.write(mail).text()), ledger, states, counts, clock);
        return new Dispatcher(Way.TEXT, delivery, ledger, clock, settings);
    }
}
