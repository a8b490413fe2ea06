package app.users.command.aggregate;

import app.users.command.user.CodeLimits;
import app.users.command.user.CodeRules.Counts;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.value.Identifier;
import app.users.events.ConfirmationCode.Purpose;
import java.time.Instant;
import java.util.List;

/** Counts codes, per user and per mailbox or number, in the transaction of the command. */
final class CodeTally {

    private static final String SENT = "code";
    private static final String SENT_TO_KNOWN = "code-known";
    private static final String SENT_TO_PENDING = "code-pending";
    private static final String FIRST_TO_PENDING = "first-code-pending";
    private static final String WRONG = "wrong-code";
    private static final String WRONG_OF_PENDING = "wrong-code-pending";

    /** So many times the limit of an address holds for all users together who wait for it, so that one of them cannot use it up. */
    private static final int WAITING = 5;

    private final Tally tally;
    private final CodeLimits limits;

    CodeTally(Tally tally, CodeLimits limits) {
        this.tally = tally;
        this.limits = limits;
    }

    /**
     * @param pending whether another user has the address: these codes are counted apart, so that they leave that user enough. The first
     *     one of a user within 24 hours is also counted apart from those of others who wait
     */
    Counts sent(RequestCode c, long user, Identifier address, boolean pending) {
        if (!pending) {
            return counts(sent(c), c.purpose(), user, address, limits.aDay(), c.now());
        }
        List<Instant> ofUser = ofUserPending(c, user);
        return new Counts(
                ofUser,
                ofUser.isEmpty()
                        ? ofAllWaiting(FIRST_TO_PENDING, c.purpose(), address, limits.aDay(), c.now())
                        : tally.newest(toAddress(SENT_TO_PENDING, c.purpose(), address), limits.aDay(), c.now()));
    }

    void countSent(RequestCode c, long user, Identifier address, boolean pending) {
        if (!pending) {
            count(sent(c), c.purpose(), user, address, c.now());
            return;
        }
        String kind = ofUserPending(c, user).isEmpty() ? FIRST_TO_PENDING : SENT_TO_PENDING;
        tally.add(ofUser(SENT_TO_PENDING, c.purpose(), user), c.now());
        tally.add(toAddress(kind, c.purpose(), address), c.now());
    }

    private List<Instant> ofUserPending(RequestCode c, long user) {
        return tally.newest(ofUser(SENT_TO_PENDING, c.purpose(), user), limits.aDay(), c.now());
    }

    /** Those of the address as soon as all who wait for it have used up {@value #WAITING} times the limit; none before. */
    private List<Instant> ofAllWaiting(String what, Purpose purpose, Identifier address, int limit, Instant now) {
        int most = WAITING * limit;
        List<Instant> newest = tally.newest(toAddress(what, purpose, address), most, now);
        return newest.size() < most ? List.of() : newest.subList(most - limit, most);
    }

    private static String sent(RequestCode c) {
        return c.known() ? SENT_TO_KNOWN : SENT;
    }

    /** @param pending whether another user has the address: these tries are counted apart, so that they leave that user enough */
    Counts wrong(Purpose purpose, long user, Identifier address, boolean pending, Instant now) {
        return pending
                ? new Counts(
                        tally.newest(ofUser(WRONG, purpose, user), limits.wrongADay(), now),
                        ofAllWaiting(WRONG_OF_PENDING, purpose, address, limits.wrongADay(), now))
                : counts(WRONG, purpose, user, address, limits.wrongADay(), now);
    }

    void countWrong(Purpose purpose, long user, Identifier address, boolean pending, Instant now) {
        tally.add(ofUser(WRONG, purpose, user), now);
        tally.add(toAddress(pending ? WRONG_OF_PENDING : WRONG, purpose, address), now);
    }

    /** Locks the user's count first: so two transactions never wait for each other. */
    private Counts counts(String what, Purpose purpose, long user, Identifier address, int most, Instant now) {
        List<Instant> ofUser = tally.newest(ofUser(what, purpose, user), most, now);
        return new Counts(ofUser, tally.newest(toAddress(what, purpose, address), most, now));
    }

    private void count(String what, Purpose purpose, long user, Identifier address, Instant now) {
        tally.add(ofUser(what, purpose, user), now);
        tally.add(toAddress(what, purpose, address), now);
    }

    private static String ofUser(String what, Purpose purpose, long user) {
        return what + "/" + purpose + "/of/" + user;
    }

    private static String toAddress(String what, Purpose purpose, Identifier address) {
        return what + "/" + purpose + "/to/" + address.mailbox();
    }
}
