package app.users.command.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the proof of one address stands.
 *
 * @param address as it was written when the code was asked for; the code is bound to it
 */
record Confirmation(boolean confirmed, @Nullable String request, String address, Instant expires, int failures) {

    static Confirmation none() {
        return new Confirmation(false, null, "", Instant.EPOCH, 0);
    }

    static Confirmation requested(String request, String address, Instant expires) {
        return new Confirmation(false, request, address, expires, 0);
    }

    static Confirmation done() {
        return new Confirmation(true, null, "", Instant.EPOCH, 0);
    }

    Confirmation failedOnce() {
        return new Confirmation(confirmed, request, address, expires, failures + 1);
    }
}
