package app.users.faults;

import app.users.system.Client;
import app.users.system.GenerousLimits;
import app.users.testservers.TestServers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A whole system of its own, with the faults that can strike it. */
sealed interface Installation extends AutoCloseable permits Standalone, Separate {

    /** What differs from the default settings: request ids in the log, no waiting between codes, long tokens, no limits. */
    static List<String> settings(MailServer mails) {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mails.port(),
                "--logging.level.app.users.web.id=debug",
                "--users.confirmation.cool-down=0s",
                "--users.token.access-lifetime=1d",
                "--users.confirmation.valid-for=1d",
                "--users.throttle.wrong-passwords[0].count=1000000",
                "--users.throttle.wrong-passwords[0].per=1h"));
        settings.addAll(GenerousLimits.ARGUMENTS);
        return settings;
    }

    URI users();

    TestServers.Database eventStore();

    String kafka();

    MailServer mails();

    /** A client of the operations at a command service. */
    Client operator();

    /** All that can strike it; the random numbers decide how long an outage is and whom it hits. */
    List<Fault> faults(Random random, Journal journal);

    @Override
    void close();
}
