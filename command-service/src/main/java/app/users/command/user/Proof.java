package app.users.command.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last code that was asked for to show control of an address.
 *
 * @param request of the code; null if there is none that could be given
 * @param address as it was written when the code was asked for; the code is bound to it
 * @param failures how many wrong codes were given for it
 */
public record Proof(@Nullable String request, String address, Instant expires, int failures) {

    public static final Proof NONE = new Proof(null, "", Instant.EPOCH, 0);

    public static Proof requested(String request, String address, Instant expires) {
        return new Proof(request, address, expires, 0);
    }

    Proof failedOnce() {
        return new Proof(request, address, expires, failures + 1);
    }
}
