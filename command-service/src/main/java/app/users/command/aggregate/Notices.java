package app.users.command.aggregate;

import app.users.command.user.Holder;
import app.users.command.user.NoticeDecision.Writing;
import app.users.command.value.Identifier;
import java.time.Instant;

/**
 * Limits the notices of changes: a user and a mailbox each get a limited number a day. An email that another user has confirmed gets
 * none.
 */
final class Notices {

    private final Tally tally;
    private final Claims claims;
    private final NoticeProperties settings;

    Notices(Tally tally, Claims claims, NoticeProperties settings) {
        this.tally = tally;
        this.claims = claims;
        this.settings = settings;
    }

    /** Until when a change that is made now can be undone. */
    Instant undoUntil(Instant now) {
        return now.plus(settings.undoFor());
    }

    Writing writing(String language, String undo, Instant now) {
        return new Writing(language, undo, undoUntil(now));
    }

    /** Counts one notice to this email; false if it belongs to another user, or the limit of the user or of the mailbox is reached. */
    boolean count(long user, Identifier email, Instant now) {
        if (claims.holder(email, user) instanceof Holder.Another) {
            return false;
        }
        String ofUser = "notice/of/" + user;
        String toMailbox = "notice/to/" + email.mailbox();
        if (isSpent(ofUser, now) || isSpent(toMailbox, now)) {
            return false;
        }
        tally.add(ofUser, now);
        tally.add(toMailbox, now);
        return true;
    }

    private boolean isSpent(String what, Instant now) {
        return tally.newest(what, settings.aDay(), now).size() >= settings.aDay();
    }
}
