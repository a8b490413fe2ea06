package app.users.command.store;

import app.users.settings.Key;
import app.users.settings.Require;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys of what is stored. Another value later makes what was stored unreadable.
 *
 * @param masterKey secret: wraps each user's own key
 * @param hashKey secret: keys the hashes that emails and numbers are found by
 * @param refreshKey secret: proves that a refresh token is ours and derives its successor
 */
@ConfigurationProperties("users")
public record KeyProperties(Key masterKey, Key hashKey, Key refreshKey) {

    public KeyProperties {
        Require.present("users.master-key", masterKey, Key.RIGHT);
        Require.present("users.hash-key", hashKey, Key.RIGHT);
        Require.present("users.refresh-key", refreshKey, Key.RIGHT);
    }
}
