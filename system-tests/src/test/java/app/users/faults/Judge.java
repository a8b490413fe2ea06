package app.users.faults;

import java.util.List;
import java.util.stream.Stream;

/** Compares what clients were told with what the system holds. No finding means that every promise was kept. */
final class Judge {

    private Judge() {}

    static List<Finding> findings(History history, Observed observed) {
        return Stream.of(
                        CommandRules.findings(history, observed),
                        VersionRules.findings(history, observed),
                        TopicRules.findings(history, observed),
                        PersonRules.findings(history, observed),
                        MailRules.findings(history, observed))
                .flatMap(List::stream)
                .toList();
    }
}
