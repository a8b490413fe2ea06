package app.users.faults;

import app.users.faults.Finding.Promise;
import app.users.faults.Observed.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Each mail that an event asks for arrives, unless it has become pointless; few arrive twice. */
final class MailRules {

    private static final String CODE = "user.email-confirmation-requested.v1";
    private static final Set<String> ASKS = Set.of(CODE, "user.notice-requested.v1");

    private MailRules() {}

    static List<Finding> findings(History history, Observed observed) {
        Map<String, Long> arrived =
                observed.mails().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<Long, Long> lastCode = observed.rows().stream()
                .filter(row -> row.type().equals(CODE))
                .collect(Collectors.toMap(Row::user, Row::version, Math::max));
        Set<Long> erased =
                history.people().stream().filter(Known::erased).map(Known::user).collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        observed.rows().stream()
                .filter(row -> ASKS.contains(row.type()) && !erased.contains(row.user()))
                .filter(row -> !row.type().equals(CODE) || lastCode.getOrDefault(row.user(), 0L) == row.version())
                .filter(row -> !arrived.containsKey(row.id())
                        && !observed.refusedMails().contains(row.id()))
                .map(row -> new Finding(Promise.MAIL, row.user(), "a mail of " + row, "none"))
                .forEach(findings::add);
        long repeated = observed.mails().size() - arrived.size();
        int most = history.interrupted() + observed.dropped();
        if (repeated > most) {
            findings.add(new Finding(Promise.MAIL, 0, "at most " + most + " mails twice", repeated + " of them"));
        }
        return findings;
    }
}
