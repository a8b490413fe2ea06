package app.users.command.user;

import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rules of proving control of an address, the same for an email and a number. Runs in the command's transaction. */
final class Confirmations {

    /** What became of the wish for a code. */
    sealed interface Asked permits Granted, TooMany {}

    /** What became of a code that was given. */
    sealed interface Tried permits Right, Wrong, Refused, TooMany {}

    record Granted(Instant expires, Instant next) implements Asked {}

    record TooMany(String code, Duration retryAfter) implements Asked, Tried {}

    record Right() implements Tried {}

    record Wrong() implements Tried {}

    /** Nothing was compared, so nothing is counted. */
    record Refused(String code) implements Tried {}

    /** Whom or what is counted, and what was counted before, latest first. */
    private record Count(String what, List<Instant> newest) {}

    private final Tally tally;
    private final ConfirmationCode codes;
    private final ConfirmationProperties limits;

    Confirmations(Tally tally, ConfirmationCode codes, ConfirmationProperties limits) {
        this.tally = tally;
        this.codes = codes;
        this.limits = limits;
    }

    /** @param address in the form that is compared */
    Asked ask(Purpose purpose, long user, String address, Instant now) {
        List<Count> counts = counts("code", purpose, user, address, limits.aDay(), now);
        Instant rested = latest(counts.stream().map(c -> rested(c.newest())));
        Instant spared = latest(counts.stream().map(c -> spared(c.newest(), limits.aDay())));
        if (spared.isAfter(now) && !spared.isBefore(rested)) {
            return new TooMany("too-many-codes", Duration.between(now, spared));
        }
        if (rested.isAfter(now)) {
            return new TooMany("too-soon", Duration.between(now, rested));
        }
        counts.forEach(c -> tally.add(c.what(), now));
        Instant next = latest(counts.stream().map(c -> {
            List<Instant> newest = new ArrayList<>(c.newest());
            newest.addFirst(now);
            Instant whenSpared = spared(newest, limits.aDay());
            Instant whenRested = rested(newest);
            return whenSpared.isAfter(whenRested) ? whenSpared : whenRested;
        }));
        return new Granted(now.plus(limits.validFor()), next);
    }

    /** The try is counted before the code is looked at, and stays counted unless it was the right one. */
    Tried tryCode(Confirmation state, Purpose purpose, long user, String address, String code, Instant now) {
        if (state.confirmed()) {
            return new Refused("already-confirmed");
        }
        List<Count> counts = counts("wrong-code", purpose, user, address, limits.wrongADay(), now);
        Instant spared = latest(counts.stream().map(c -> spared(c.newest(), limits.wrongADay())));
        if (spared.isAfter(now)) {
            return new TooMany("too-many-tries", Duration.between(now, spared));
        }
        if (state.request() == null || state.failures() >= limits.tries()) {
            return new Refused("no-code");
        }
        if (!now.isBefore(state.expires())) {
            return new Refused("expired-code");
        }
        counts.forEach(c -> tally.add(c.what(), now));
        if (!codes.matches(code, purpose, user, state.address(), Objects.requireNonNull(state.request()))) {
            return new Wrong();
        }
        counts.forEach(c -> tally.takeBack(c.what(), now));
        return new Right();
    }

    /** The user's own count first: so two transactions never wait for each other. */
    private List<Count> counts(String what, Purpose purpose, long user, String address, int most, Instant now) {
        return List.of(what + "/" + purpose + "/of/" + user, what + "/" + purpose + "/to/" + address).stream()
                .map(counted -> new Count(counted, tally.newest(counted, most, now)))
                .toList();
    }

    /** When the cool-down is over. */
    private Instant rested(List<Instant> newest) {
        return newest.isEmpty() ? Instant.EPOCH : newest.getFirst().plus(limits.coolDown());
    }

    /** When there are less than so many in 24 hours. */
    private static Instant spared(List<Instant> newest, int most) {
        return newest.size() < most ? Instant.EPOCH : newest.get(most - 1).plus(Tally.DAY);
    }

    private static Instant latest(Stream<Instant> instants) {
        return instants.max(Instant::compareTo).orElse(Instant.EPOCH);
    }
}
