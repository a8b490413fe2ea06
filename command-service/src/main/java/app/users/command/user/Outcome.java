package app.users.command.user;

import java.time.Duration;
import java.util.Locale;

/**
 * What became of a command that answers with a {@code T}. A refusal is an answer, not an exception, so that what was counted
 * on the way is committed.
 */
public sealed interface Outcome<T> {

    /** It was done. */
    record Success<T>(T answer) implements Outcome<T> {}

    /**
     * A rule refused it.
     *
     * @param retryAfter when the same command can succeed; zero if time changes nothing
     */
    record Refusal<T>(Rule rule, Duration retryAfter) implements Outcome<T> {

        public Refusal(Rule rule) {
            this(rule, Duration.ZERO);
        }
    }

    /** The rules that refuse a whole command. */
    enum Rule {
        /** The user was erased. */
        GONE,
        /** Somebody signed in or confirmed an address. */
        IN_USE,
        /** The profile is not at the version that the precondition names. */
        STALE,
        ALREADY_CONFIRMED,
        /** Another user has the email or number. */
        TAKEN,
        NO_CODE,
        EXPIRED_CODE,
        WRONG_CODE,
        OWN_DATA_PASSWORD,
        /** No change of the email can be undone with this token. */
        BAD_UNDO,
        NO_TEXT_MESSAGES,
        TOO_SOON,
        TOO_MANY_CODES,
        TOO_MANY_TRIES,
        /** Email and number were changed too often. */
        TOO_MANY_CHANGES;

        /** As in the texts of problems. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The answer of commands that have nothing to tell but that they were done. */
    enum Done {
        DONE
    }
}
