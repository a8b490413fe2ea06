package app.users.command.throttle;

import app.users.settings.InvalidSetting;
import app.users.settings.Require;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often anything may be tried. Many people may share an address, so its limits stop machines, not them. One
 * address is an IPv4 address or an IPv6 /64 network.
 *
 * @param registration registrations from one address; 2000 in 1h when not set; within a second at most 36 times the average, and at
 *     least 20
 * @param token sign-ins from one address; 6000 in 1h when not set; within a second at most 36 times the average, and at
 *     least 20
 * @param refresh refreshes from one address; 60000 in 1h when not set; within a second at most 36 times the average, and at
 *     least 20
 * @param confirm requests and tries of codes from one address; 6000 in 1h when not set; within a second at most 36 times the average, and at
 *     least 20
 * @param password requests and tries of password resets, and tries of undo tokens, from one address; 600 in 1h when not set; within a second at most 36 times the average, and at
 *     least 20
 * @param change changes of the profile by one user, in each process; 300 in 1m when not set
 * @param addressChange changes of the email or the number by one user, refused ones too; the time is at most 1d; 10 in 1d when
 *     not set
 * @param textMessages codes by text message of the whole installation; 1000 in 1h when not set
 * @param textMessagesPerNetwork codes by text message that are asked for from one address; 30 in 1h when not set
 * @param registrationsInAll new users of the whole installation; 20000 in 1h when not set
 * @param mails mails with codes of the whole installation; 10000 in 1h when not set
 * @param mailsPerNetwork mails with codes that are asked for from one address; 500 in 1h when not set
 * @param taken registrations and changes from one address that ask for an email or number which somebody else has; 60 in 1h when
 *     not set
 * @param wrongPasswords wrong passwords for one person, from one address that they have signed in from lately, or from all
 *     others together; each limit counts, so that the wait grows; 5 in 1m, 20 in 1h and 100 in 1d when not set
 * @param wrongPasswordsPerNetwork wrong passwords from one address for persons who did not sign in from there lately; 300 in 1h when
 *     not set
 * @param knownFor how long an address stays known after signing in from it
 */
@ConfigurationProperties("users.throttle")
public record ThrottleProperties(
        @Nullable Limit registration,
        @Nullable Limit token,
        @Nullable Limit refresh,
        @Nullable Limit confirm,
        @Nullable Limit password,
        @Nullable Limit change,
        @Nullable Limit addressChange,
        @Nullable Limit textMessages,
        @Nullable Limit textMessagesPerNetwork,
        @Nullable Limit registrationsInAll,
        @Nullable Limit mails,
        @Nullable Limit mailsPerNetwork,
        @Nullable Limit taken,
        @Nullable Limit wrongPasswordsPerNetwork,
        @Nullable List<Limit> wrongPasswords,
        @DefaultValue("30d") Duration knownFor) {

    private static final String PREFIX = "users.throttle.";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Limit ADDRESS_CHANGE = new Limit(10, Duration.ofDays(1));
    private static final List<Limit> WRONG_PASSWORDS =
            List.of(new Limit(5, Duration.ofMinutes(1)), new Limit(20, HOUR), new Limit(100, Duration.ofDays(1)));

    public ThrottleProperties {
        registration = limit("registration", registration, 2_000);
        token = limit("token", token, 6_000);
        refresh = limit("refresh", refresh, 60_000);
        confirm = limit("confirm", confirm, 6_000);
        password = limit("password", password, 600);
        change = change == null ? new Limit(300, Duration.ofMinutes(1)) : change.checked(PREFIX + "change");
        addressChange = addressChange == null ? ADDRESS_CHANGE : addressChange.checked(PREFIX + "address-change");
        Require.between(PREFIX + "address-change.per", addressChange.per(), Duration.ofSeconds(1), Duration.ofDays(1));
        textMessages = limit("text-messages", textMessages, 1_000);
        textMessagesPerNetwork = limit("text-messages-per-network", textMessagesPerNetwork, 30);
        registrationsInAll = limit("registrations-in-all", registrationsInAll, 20_000);
        mails = limit("mails", mails, 10_000);
        mailsPerNetwork = limit("mails-per-network", mailsPerNetwork, 500);
        taken = limit("taken", taken, 60);
        wrongPasswordsPerNetwork = limit("wrong-passwords-per-network", wrongPasswordsPerNetwork, 300);
        wrongPasswords = wrongPasswords == null || wrongPasswords.isEmpty() ? WRONG_PASSWORDS : wrongPasswords;
        for (int i = 0; i < wrongPasswords.size(); i++) {
            wrongPasswords.get(i).checked(PREFIX + "wrong-passwords[%d]".formatted(i));
        }
        if (!knownFor.isPositive()) {
            throw new InvalidSetting("users.throttle.known-for", "is %s; it must be positive".formatted(knownFor));
        }
    }

    private static Limit limit(String name, @Nullable Limit given, long otherwise) {
        return given == null ? new Limit(otherwise, HOUR) : given.checked(PREFIX + name);
    }

    @Override
    public Limit addressChange() {
        return Objects.requireNonNull(addressChange);
    }

    Limit of(Door door) {
        Limit limit = switch (door) {
            case REGISTRATION -> registration;
            case TOKEN -> token;
            case REFRESH -> refresh;
            case CONFIRM -> confirm;
            case PASSWORD -> password;
            case CHANGE -> change;
        };
        return Objects.requireNonNull(limit);
    }
}
