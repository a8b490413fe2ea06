package app.users.command.user;

import app.users.command.user.Outcome.Rule;
import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a code may be asked for, and which code shows control of an address: the same for email, number and reset. */
public final class CodeRules {

    /** What became of the request for a code. */
    public sealed interface Asked permits Granted, TooMany {}

    /** What became of a code that was given. */
    public sealed interface Tried permits Right, Wrong, NoCode, Expired, TooMany {}

    /** @param next when the next code may be asked for */
    public record Granted(Instant expires, Instant next) implements Asked {}

    public record TooMany(Rule rule, Duration retryAfter) implements Asked, Tried {}

    public record Right() implements Tried {}

    public record Wrong() implements Tried {}

    /** None was asked for, or too many wrong ones were given. */
    public record NoCode() implements Tried {}

    public record Expired() implements Tried {}

    /**
     * What was counted within {@link #DAY}, latest first.
     *
     * @param ofUser of the user, whatever the address
     * @param toAddress of the address, whoever the user
     */
    public record Counts(List<Instant> ofUser, List<Instant> toAddress) {

        private Instant latest(Function<List<Instant>, Instant> instant) {
            return Stream.of(ofUser, toAddress)
                    .map(instant)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
        }
    }

    /** How long what was counted counts. */
    public static final Duration DAY = Duration.ofDays(1);

    private final ConfirmationCode codes;
    private final CodeLimits limits;

    public CodeRules(ConfirmationCode codes, CodeLimits limits) {
        this.codes = codes;
        this.limits = limits;
    }

    public ConfirmationCode codes() {
        return codes;
    }

    /** @param sent the codes of this purpose that were sent */
    public Asked ask(Counts sent, Instant now) {
        Instant rested = sent.latest(this::rested);
        Instant spared = sent.latest(counted -> spared(counted, limits.aDay()));
        if (spared.isAfter(now) && !spared.isBefore(rested)) {
            return new TooMany(Rule.TOO_MANY_CODES, Duration.between(now, spared));
        }
        if (rested.isAfter(now)) {
            return new TooMany(Rule.TOO_SOON, Duration.between(now, rested));
        }
        Instant next = sent.latest(counted -> {
            List<Instant> newest = new ArrayList<>(counted);
            newest.addFirst(now);
            Instant whenSpared = spared(newest, limits.aDay());
            Instant whenRested = rested(newest);
            return whenSpared.isAfter(whenRested) ? whenSpared : whenRested;
        });
        return new Granted(now.plus(limits.validFor()), next);
    }

    /** @param wrong the wrong codes of this purpose that were given; this one joins them if it is wrong too */
    public Tried tried(Proof proof, Purpose purpose, long user, String code, Counts wrong, Instant now) {
        Instant spared = wrong.latest(counted -> spared(counted, limits.wrongADay()));
        if (spared.isAfter(now)) {
            return new TooMany(Rule.TOO_MANY_TRIES, Duration.between(now, spared));
        }
        @Nullable String request = proof.request();
        if (request == null || proof.failures() >= limits.tries()) {
            return new NoCode();
        }
        if (!now.isBefore(proof.expires())) {
            return new Expired();
        }
        return codes.matches(code, purpose, user, proof.address(), request) ? new Right() : new Wrong();
    }

    /** When the cool-down is over. */
    private Instant rested(List<Instant> newest) {
        return newest.isEmpty() ? Instant.EPOCH : newest.getFirst().plus(limits.coolDown());
    }

    /** When there are less than so many in 24 hours. */
    private static Instant spared(List<Instant> newest, int most) {
        return newest.size() < most ? Instant.EPOCH : newest.get(most - 1).plus(DAY);
    }
}
