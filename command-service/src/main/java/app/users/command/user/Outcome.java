package app.users.command.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of a command. Refusals are answers, not exceptions, so that what was counted on the way is committed.
 */
sealed interface Outcome {

    /** @param version of the user after the command */
    record Done(long version) implements Outcome {}

    /**
     * @param unchanged fields that break a rule of today, but hold the same value already
     * @param rejected the code of the broken rule by field
     */
    record Changed(long version, List<String> unchanged, Map<String, String> rejected) implements Outcome {}

    record AlreadyConfirmed(long version) implements Outcome {}

    /** @param code as in the texts of problems */
    record Refused(long version, String code) implements Outcome {}

    record TooMany(long version, String code, Duration retryAfter) implements Outcome {}

    record Stale(long version) implements Outcome {}

    record Gone() implements Outcome {}
}
