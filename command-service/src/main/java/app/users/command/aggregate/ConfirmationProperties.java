package app.users.command.aggregate;

import app.users.command.user.CodeLimits;
import app.users.command.user.CodeRules;
import app.users.settings.Key;
import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an email or number is confirmed. What is counted is counted per user and per address, over the last 24 hours.
 *
 * @param validFor how long a code is taken
 * @param tries how many wrong ones kill a code
 * @param coolDown how long after one code the next may be asked for
 * @param aDay how many codes are sent in 24 hours
 * @param wrongADay how many wrong tries there may be in 24 hours, whatever the number of codes
 * @param mailOnRegistration whether registering asks for the confirmation of the email by itself
 * @param exclusiveFor for how long nobody else can name an unconfirmed email or number. After that another user can have it in the
 *     profile, too, and gets it with a code
 * @param key secret: codes are derived with it; the notification service needs the same
 */
@ConfigurationProperties("users.confirmation")
public record ConfirmationProperties(
        @DefaultValue("10m") Duration validFor,
        @DefaultValue("5") int tries,
        @DefaultValue("60s") Duration coolDown,
        @DefaultValue("10") int aDay,
        @DefaultValue("20") int wrongADay,
        @DefaultValue("false") boolean mailOnRegistration,
        @DefaultValue("24h") Duration exclusiveFor,
        Key key) {

    public ConfirmationProperties {
        Require.between("users.confirmation.valid-for", validFor, Duration.ofSeconds(1), CodeRules.DAY);
        Require.atLeast("users.confirmation.tries", tries, 1);
        Require.between("users.confirmation.cool-down", coolDown, Duration.ZERO, CodeRules.DAY);
        Require.atLeast("users.confirmation.a-day", aDay, 1);
        Require.atLeast("users.confirmation.wrong-a-day", wrongADay, 1);
        Require.between("users.confirmation.exclusive-for", exclusiveFor, Duration.ofMinutes(1), Duration.ofDays(3650));
        Require.present("users.confirmation.key", key, Key.RIGHT);
    }

    CodeLimits limits() {
        return new CodeLimits(validFor, tries, coolDown, aDay, wrongADay);
    }
}
