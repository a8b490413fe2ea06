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
    private static final String WRONG = "wrong-code";

    private final Tally tally;
    private final CodeLimits limits;

    CodeTally(Tally tally, CodeLimits limits) {
        this.tally = tally;
        this.limits = limits;
    }

    Counts sent(RequestCode c, long user, Identifier address) {
        return counts(sent(c), c.purpose(), user, address, limits.aDay(), c.now());
    }

    void countSent(RequestCode c, long user, Identifier address) {
        count(sent(c), c.purpose(), user, address, c.now());
    }

    private static String sent(RequestCode c) {
        return c.known() ? SENT_TO_KNOWN : SENT;
    }

    Counts wrong(Purpose purpose, long user, Identifier address, Instant now) {
        return counts(WRONG, purpose, user, address, limits.wrongADay(), now);
    }

    void countWrong(Purpose purpose, long user, Identifier address, Instant now) {
        count(WRONG, purpose, user, address, now);
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
