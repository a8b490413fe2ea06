package app.users.notification.ledger;

import app.users.notification.letters.Mail;
import java.time.Duration;

/** For how long events and mails matter. */
public final class Retention {

    /** How far back the topic of events is read when the ledger has no position: no mail lives longer. */
    public static final Duration LATELY = Mail.LONGEST.plusHours(1);

    /** An event that is appended so long after it happened is an old one sent again: its mail was sent in its time. */
    public static final Duration REPEATED = Duration.ofHours(48);

    /** How long a final mail is kept: its event can be read again until then. */
    public static final Duration REMEMBERED = LATELY.plus(REPEATED).plusHours(2);

    private Retention() {}
}
