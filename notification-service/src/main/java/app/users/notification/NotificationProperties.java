package app.users.notification;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails and text messages are sent.
 *
 * @param from sender of every mail, {@code Name <address>}
 * @param templates folder whose files replace the built-in texts, see docs/mails.md
 * @param concurrency how many mails, and as many text messages, are sent at once
 * @param lease for how long a mail is left to the process that sends it, before another one takes it over
 * @param database MongoDB database of the ledger; it is built from the topics when it is gone
 * @param group Kafka consumer group whose members share the reading of events
 * @param partitions partitions of the topic {@code users.mail} when it is made
 * @param replicas replicas of the topic {@code users.mail} when it is made
 * @param sms gateway for text messages
 */
@ConfigurationProperties("users.notification")
record NotificationProperties(
        @DefaultValue("Users <no-reply@users.example>") String from,
        @Nullable Path templates,
        @DefaultValue("4") int concurrency,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("users_notification") String database,
        @DefaultValue("users-notification") String group,
        @DefaultValue("3") int partitions,
        @DefaultValue("1") short replicas,
        @DefaultValue Sms sms) {

    private static final int MOST_AT_ONCE = 64;

    NotificationProperties {
        check(isAddress(from), "from needs one mail address, as in: Users <no-reply@users.example>");
        check(concurrency >= 1 && concurrency <= MOST_AT_ONCE, "concurrency needs a number from 1 to " + MOST_AT_ONCE);
        check(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease needs at least 1s");
        check(database.matches("[A-Za-z0-9_-]{1,60}"), "database needs a name of letters, digits, _ and -");
        check(!group.isBlank(), "group needs a name");
        check(partitions >= 1, "partitions needs a number from 1");
        check(replicas >= 1, "replicas needs a number from 1");
    }

    /**
     * The gateway for text messages: whatever takes a POST.
     *
     * @param url where each text message is posted to; without it none are sent
     * @param contentType of the body: {@code application/json} or {@code application/x-www-form-urlencoded}
     * @param headers further headers by name, such as {@code Authorization}
     * @param body the body with the places {@code {number}}, {@code {text}} and {@code {id}}, which are filled in escaped;
     *     the id is the same when a message is posted again
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

        Sms {
            headers = Map.copyOf(headers);
            check(url == null || isHttp(url), "sms.url needs an address that begins with http:// or https://");
            check(
                    BodyTemplate.isKnown(contentType),
                    "sms.content-type needs application/json or application/x-www-form-urlencoded");
            check(
                    body.contains("{number}") && body.contains("{text}"),
                    "sms.body needs the places {number} and {text}");
            check(connectTimeout.isPositive(), "sms.connect-timeout needs to be longer than nothing");
            check(readTimeout.isPositive(), "sms.read-timeout needs to be longer than nothing");
        }

        private static boolean isHttp(URI url) {
            return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
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

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("users.notification." + rule);
        }
    }
}
