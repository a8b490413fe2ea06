package app.users.faults;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** The codes that one person asked for, within the limits of a day. */
final class Codes {

    /** One below what a user may get in a day. */
    private static final int MOST = 9;

    private final Random random;
    private final Addresses addresses;
    private final MailServer mails;
    /** The events of mails that an earlier owner of this email received. */
    private final Set<String> others = new HashSet<>();

    private int asked;
    private int askedOfEmail;

    Codes(Random random, Addresses addresses, MailServer mails) {
        this.random = random;
        this.addresses = addresses;
        this.mails = mails;
    }

    /** The person has another email now. */
    void forget() {
        askedOfEmail = 0;
    }

    /** The code that has come; empty when none has, or when it may be one that a later request made worthless. */
    String arrived(String email) {
        return mails.to(email).stream()
                .filter(mail -> askedOfEmail == 1 && !others.contains(mail.event()))
                .map(ReceivedMail::code)
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Counts a request for a code, if one may be sent. A second one is rare, since it ends the hope for a code. */
    boolean mayAsk(String email) {
        boolean wants = askedOfEmail == 0 || random.nextInt(4) == 0;
        if (!wants || asked == MOST || !addresses.takeCode(email)) {
            return false;
        }
        if (askedOfEmail == 0) {
            mails.to(email).forEach(mail -> others.add(mail.event()));
        }
        asked++;
        askedOfEmail++;
        return true;
    }
}
