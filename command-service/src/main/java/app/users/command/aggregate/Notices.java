package app.users.command.aggregate;

import app.users.command.value.Identifier;
import java.time.Instant;

/** Whether a mail may tell of a change: a mailbox gets only so many a day, whoever makes the changes. */
final class Notices {

    private final Tally tally;
    private final NoticeProperties limits;

    Notices(Tally tally, NoticeProperties limits) {
        this.tally = tally;
        this.limits = limits;
    }

    /** Counts one notice to this email; false when it had enough of them. */
    boolean count(Identifier email, Instant now) {
        String what = "notice/to/" + email.value();
        if (tally.newest(what, limits.aDay(), now).size() >= limits.aDay()) {
            return false;
        }
        tally.add(what, now);
        return true;
    }
}
