package app.users.command.keys;

import org.jspecify.annotations.Nullable;

/**
 * A user's key as it is stored.
 *
 * @param masterKey fingerprint of the key that it is wrapped under; null when that was not written down
 */
public record WrappedKey(byte[] bytes, @Nullable String masterKey) {}
