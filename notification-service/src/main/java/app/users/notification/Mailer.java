package app.users.notification;

import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.EventHeaders;
import app.users.events.EventType;
import app.users.events.Topics;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.notification.Ledger.Claim;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the mail of each request once. While the mail server is down the record stays unacknowledged and comes again;
 * a recipient that is refused for good, or a code that has expired, is noted and passed over.
 */
class Mailer {

    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);

    private final JavaMailSender sender;
    private final Ledger ledger;
    private final ConfirmationCode codes;
    private final Clock clock;
    private final String from;
    private final JsonMapper json = JsonMapper.builder().build();

    Mailer(JavaMailSender sender, Ledger ledger, ConfirmationCode codes, Clock clock, String from) {
        this.sender = sender;
        this.ledger = ledger;
        this.codes = codes;
        this.clock = clock;
        this.from = from;
    }

    @KafkaListener(
            id = "notification-mailer",
            topics = Topics.EVENTS,
            containerFactory = "notificationKafkaListenerContainerFactory",
            idIsGroup = false)
    void on(ConsumerRecord<String, byte[]> record) {
        EventType type = EventType.named(header(record, EventHeaders.TYPE)).orElse(null);
        if (record.value() == null || type == null || type.eventClass() != EmailConfirmationRequested.class) {
            return;
        }
        try {
            send(header(record, EventHeaders.ID), json.readValue(record.value(), EmailConfirmationRequested.class));
        } catch (JacksonException e) {
            LOG.error("passed over an unreadable event {} at {}/{}", record.key(), record.partition(), record.offset());
        }
    }

    private void send(String event, EmailConfirmationRequested request) {
        Claim claim = ledger.claim(event, clock.instant());
        if (claim == Claim.DONE) {
            return;
        }
        if (claim == Claim.HELD) {
            throw new IllegalStateException("mail " + event + " is being sent by another process");
        }
        if (!clock.instant().isBefore(request.expires())) {
            ledger.done(event, "failed: expired");
            return;
        }
        try {
            sender.send(message(event, request));
            ledger.done(event, "sent");
        } catch (MailSendException e) {
            if (isRefusedForGood(e)) {
                LOG.warn("mail {} was refused for good", event);
                ledger.done(event, "failed: refused");
                return;
            }
            ledger.release(event);
            throw e;
        } catch (MailException e) {
            ledger.release(event);
            throw e;
        } catch (MessagingException e) {
            LOG.warn("mail {} cannot be written: {}", event, e.getMessage());
            ledger.done(event, "failed: unwritable");
        }
    }

    private MimeMessage message(String event, EmailConfirmationRequested request) throws MessagingException {
        String code = codes.derive(Purpose.EMAIL, request.user(), request.email(), request.request());
        ConfirmationMail mail = ConfirmationMail.of(request, code);
        MimeMessage message = new IdentifiedMessage(event);
        var parts = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        parts.setFrom(from);
        parts.setTo(request.email());
        parts.setSubject(mail.subject());
        parts.setText(mail.text(), mail.html());
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    /** A reply of the 5xx kind about this recipient; connection troubles and 4xx replies pass. */
    private static boolean isRefusedForGood(MailSendException e) {
        return e.getFailedMessages().values().stream()
                .anyMatch(f -> f instanceof SendFailedException refused
                        && refused.getInvalidAddresses() != null
                        && refused.getInvalidAddresses().length > 0);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
