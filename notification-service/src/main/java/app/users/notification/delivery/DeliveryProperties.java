package app.users.notification.delivery;

import app.users.settings.InvalidSetting;
import app.users.settings.Require;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails and text messages are sent.
 *
 * @param from sender of every mail, {@code Name <address>}
 * @param concurrency how many mails, and as many text messages, are sent at once
 * @param lease for how long a mail is left to the process that sends it, before another one takes it over
 * @param sms gateway for text messages
 */
@ConfigurationProperties("users.notification")
record DeliveryProperties(
        @DefaultValue("Users <no-reply@users.example>") String from,
        @DefaultValue("4") int concurrency,
        @DefaultValue("60s") Duration lease,
        @DefaultValue Sms sms) {

    private static final String PREFIX = "users.notification.";

    DeliveryProperties {
        if (!isAddress(from)) {
            throw invalid("from", "is \"%s\"; it must be one mail address: Name <address>".formatted(from));
        }
        Require.between(PREFIX + "concurrency", concurrency, 1, 64);
        Require.atLeast(PREFIX + "lease", lease, Duration.ofSeconds(1));
    }

    /**
     * The gateway for text messages: whatever takes a POST.
     *
     * @param url where each text message is posted to; without it none are sent
     * @param contentType of the body: {@code application/json} or {@code application/x-www-form-urlencoded}
     * @param headers further headers by name, such as {@code Authorization}
     * @param body the body with the places {number}, {text} and {id}, which are filled in escaped; the id is the same
     *     when a message is posted again
     * @param connectTimeout for how long the gateway may take to accept a connection
     * @param readTimeout for how long the gateway may take to answer
     */
    record Sms(
            @Nullable URI url,
            @DefaultValue("application/json") String contentType,
            @DefaultValue Map<String, String> headers,

            @DefaultValue("{\"number\":\"{number}\",\"text\":\"{text}\",\"id\":\"{id}\"}")
            String body,

            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("10s") Duration readTimeout) {

        private static final Duration SHORTEST = Duration.ofMillis(100);

        Sms {
            headers = Map.copyOf(headers);
            if (url != null) {
                Require.webAddress(PREFIX + "sms.url", url);
            }
            if (!BodyTemplate.isKnown(contentType)) {
                throw invalid(
                        "sms.content-type",
                        "is \"%s\"; it must be application/json or application/x-www-form-urlencoded"
                                .formatted(contentType));
            }
            if (!body.contains("{number}") || !body.contains("{text}")) {
                throw invalid("sms.body", "lacks {number} or {text}; it needs both");
            }
            Require.atLeast(PREFIX + "sms.connect-timeout", connectTimeout, SHORTEST);
            Require.atLeast(PREFIX + "sms.read-timeout", readTimeout, SHORTEST);
        }

        /** Headers and url may hold what only the gateway should know. */
        @Override
        public String toString() {
            return "Sms[...]";
        }
    }

    private static boolean isAddress(String from) {
        try {
            new InternetAddress(from, true).validate();
            return from.contains("@") && from.chars().noneMatch(Character::isISOControl);
        } catch (AddressException e) {
            return false;
        }
    }

    private static InvalidSetting invalid(String property, String fault) {
        return new InvalidSetting(PREFIX + property, fault);
    }
}
