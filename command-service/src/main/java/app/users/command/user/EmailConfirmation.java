package app.users.command.user;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the proof of an address stands. */
record EmailConfirmation(boolean confirmed, @Nullable String request, Instant expires, int failures) {

    static final Duration VALID_FOR = Duration.ofMinutes(10);
    private static final int TRIES = 5;

    static EmailConfirmation none() {
        return new EmailConfirmation(false, null, Instant.EPOCH, 0);
    }

    static EmailConfirmation requested(String request, Instant expires) {
        return new EmailConfirmation(false, request, expires, 0);
    }

    static EmailConfirmation done() {
        return new EmailConfirmation(true, null, Instant.EPOCH, 0);
    }

    EmailConfirmation failedOnce() {
        return new EmailConfirmation(confirmed, request, expires, failures + 1);
    }

    /** Whether a code may still be tried. */
    boolean accepts(Instant now) {
        return request != null && now.isBefore(expires) && failures < TRIES;
    }
}
