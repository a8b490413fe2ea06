package app.users.faults;

import app.users.faults.MailServer.Mode;
import app.users.system.Answer;
import app.users.system.Client;
import app.users.system.Patience;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Faults that strike both forms: those of the mail server, and a replay that is aborted. */
record CommonFaults(Random random, Journal journal, MailServer mails) {

    /** Zero if outages last some seconds. */
    static final Duration LONG_OUTAGE = Duration.parse(System.getProperty("faults.outage", "PT0S"));

    List<Fault> all(Client operator) {
        List<Fault> faults = new ArrayList<>();
        for (Mode mode : List.of(Mode.AWAY, Mode.HANGS, Mode.DEFERS, Mode.REFUSES, Mode.DROPS)) {
            faults.add(Fault.outage("mail server " + mode.name().toLowerCase(Locale.ROOT), () -> mailServer(mode)));
        }
        faults.add(Fault.outage("replay aborted", () -> abortReplay(operator)));
        return faults;
    }

    /** How long a server is away: by chance, or {@code -Dfaults.outage}. */
    Duration outage(int least, int most) {
        return LONG_OUTAGE.isZero() ? seconds(least, most) : LONG_OUTAGE;
    }

    Duration seconds(int least, int most) {
        return Duration.ofMillis(random.nextInt(least * 1000, most * 1000));
    }

    /** Until clients have got so many answers more. */
    void awaitAnswers(int count) {
        int goal = journal.countAcknowledged() + count;
        Patience.await(count + " more answers")
                .atMost(Duration.ofMinutes(5))
                .until(() -> journal.countAcknowledged() >= goal);
    }

    private void mailServer(Mode mode) {
        mails.become(mode);
        Fault.hold(outage(2, 6));
        mails.become(Mode.TAKES);
    }

    /** The relay may still recover from the fault before. */
    private void abortReplay(Client operator) {
        Patience.await("begin of a replay")
                .until(() -> status(() -> operator.post("replay", "{\"from\":\"0\",\"perSecond\":\"50\"}")) == 202);
        awaitAnswers(random.nextInt(40));
        Patience.await("end of a replay").until(() -> status(() -> operator.delete("replay")) < 500);
    }

    private static int status(java.util.function.Supplier<Answer> request) {
        try {
            return request.get().status();
        } catch (UncheckedIOException notYet) {
            return 503;
        }
    }
}
