package app.users.notification.ledger;

import app.users.settings.InvalidSetting;
import app.users.settings.Require;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the ledger and the states of mails are kept.
 *
 * @param database MongoDB database of the ledger; it is built from the topics when it is gone
 * @param partitions partitions of the topic {@code users.mail} when it is made
 * @param replicas copies of each partition of that topic; at most as many as there are brokers
 */
@ConfigurationProperties("users.notification")
record LedgerProperties(
        @DefaultValue("users_notification") String database,
        @DefaultValue("3") int partitions,
        @DefaultValue("1") int replicas) {

    LedgerProperties {
        if (!database.matches("[A-Za-z0-9_-]{1,63}")) {
            throw new InvalidSetting(
                    "users.notification.database",
                    "is \"%s\"; it must be 1 to 63 letters, digits, _ or -".formatted(database));
        }
        Require.atLeast("users.notification.partitions", partitions, 1);
        Require.between("users.notification.replicas", replicas, 1, Short.MAX_VALUE);
    }
}
