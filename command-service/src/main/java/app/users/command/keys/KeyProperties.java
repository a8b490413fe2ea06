package app.users.command.keys;

import app.users.settings.Key;
import app.users.settings.Require;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of what is stored. Another value later makes what was stored unreadable; only the master key can be replaced.
 *
 * @param masterKey secret: wraps each user's own key
 * @param previousMasterKeys secret: keys that wrapped before; needed until the log says that they are not
 * @param hashKey secret: keys the hashes that emails and numbers are found by
 * @param refreshKey secret: proves that a refresh token is ours and derives its successor
 */
@ConfigurationProperties("users")
public record KeyProperties(Key masterKey, @DefaultValue List<Key> previousMasterKeys, Key hashKey, Key refreshKey) {

    public KeyProperties {
        Require.present("users.master-key", masterKey, Key.RIGHT);
        Require.present("users.hash-key", hashKey, Key.RIGHT);
        Require.present("users.refresh-key", refreshKey, Key.RIGHT);
        previousMasterKeys = List.copyOf(previousMasterKeys);
    }

    MasterKeys masterKeys() {
        return new MasterKeys(
                masterKey.bytes(), previousMasterKeys.stream().map(Key::bytes).toList());
    }
}
