package app.users.notification.delivery;

import app.users.notification.ledger.DeliveryResult;
import app.users.notification.letters.Letter;
import app.users.notification.outage.OutageLog;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Hands mails to the mail server. A 5xx reply about sender, recipient or message refuses the mail for good, except
 * 530 (authentication required). A mail that cannot be composed is refused too. All other failures are temporary.
 */
final class Mailer {

    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);
    private static final int WANTS_PASSWORD = 530;

    private final OutageLog outages = new OutageLog(LOG);
    private final JavaMailSender server;
    private final String from;

    Mailer(JavaMailSender server, String from) {
        this.server = server;
        this.from = from;
    }

    DeliveryResult send(String event, String to, Letter letter) {
        try {
            server.send(message(event, to, letter));
            outages.ended();
            return DeliveryResult.SENT;
        } catch (MessagingException e) {
            LOG.warn("mail {} cannot be written: {}", event, e.getClass().getSimpleName());
            return DeliveryResult.REFUSED;
        } catch (MailSendException e) {
            OptionalInt refusal = Stream.of(e.getMessageExceptions())
                    .flatMapToInt(f -> refusal(f).stream())
                    .findAny();
            refusal.ifPresent(reply -> LOG.warn("mail {} was refused for good with {}", event, reply));
            return refusal.isPresent() ? DeliveryResult.REFUSED : passing(e);
        } catch (MailException e) {
            return passing(e);
        }
    }

    /** The replies themselves are not logged: they may repeat the address. */
    private DeliveryResult passing(MailException e) {
        outages.failed("the mail server does not take mails: " + rootName(e));
        return DeliveryResult.UNREACHABLE;
    }

    private static String rootName(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }

    private MimeMessage message(String event, String to, Letter letter) throws MessagingException {
        MimeMessage message = new IdentifiedMessage(event);
        var parts = new MimeMessageHelper(message, letter.html() != null, StandardCharsets.UTF_8.name());
        parts.setFrom(new InternetAddress(from));
        parts.setTo(new InternetAddress(to, true));
        parts.setSubject(letter.subject());
        if (letter.html() == null) {
            parts.setText(letter.text());
        } else {
            parts.setText(letter.text(), letter.html());
        }
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static OptionalInt refusal(@Nullable Exception failure) {
        for (Exception f = failure; f != null; f = f instanceof MessagingException m ? m.getNextException() : null) {
            int reply = switch (f) {
                case SMTPAddressFailedException a -> a.getReturnCode();
                case SMTPSenderFailedException s -> s.getReturnCode();
                case SMTPSendFailedException s -> s.getReturnCode();
                default -> 0;
            };
            if (reply / 100 == 5 && reply != WANTS_PASSWORD) {
                return OptionalInt.of(reply);
            }
        }
        return OptionalInt.empty();
    }
}
