package app.users.faults;

import app.users.faults.Finding.Promise;
import app.users.faults.Observed.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Each command that was acknowledged is in the store exactly once, and nothing else is there. */
final class CommandRules {

    /** Begins the request ids of what the observer asks for. */
    static final String OBSERVER = "observer-";

    /** A notice follows a change of credentials, if the user confirmed an email and had not too many notices that day. */
    private static final String NOTICE = "user.notice-requested.v1";

    private CommandRules() {}

    static List<Finding> findings(History history, Observed observed) {
        Map<String, List<Row>> rows = observed.rows().stream().collect(Collectors.groupingBy(Row::request));
        List<Finding> findings = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Command command : history.commands()) {
            known.addAll(command.requests());
            List<Row> own = command.requests().stream()
                    .flatMap(request -> rows.getOrDefault(request, List.of()).stream())
                    .toList();
            findings.addAll(of(command, own));
        }
        observed.rows().stream()
                .filter(row -> !known.contains(row.request()) && !row.request().startsWith(OBSERVER))
                .map(row -> new Finding(Promise.NOTHING_TWICE, row.user(), "only events that a command made", row + ""))
                .forEach(findings::add);
        return findings;
    }

    private static List<Finding> of(Command command, List<Row> rows) {
        List<String> types = rows.stream()
                .map(Row::type)
                .filter(type -> !type.equals(NOTICE))
                .sorted()
                .toList();
        List<String> expected =
                command.done() ? command.events().stream().sorted().toList() : List.of();
        List<Finding> findings = new ArrayList<>();
        if (!command.done() && !mayWait(command)) {
            findings.add(new Finding(Promise.NOTHING_REFUSED, command.user(), "is done", command.toString()));
        }
        if (!types.equals(expected)) {
            Promise broken = types.containsAll(expected) ? Promise.NOTHING_TWICE : Promise.NOTHING_LOST;
            findings.add(new Finding(broken, command.user(), expected + " of " + command, types.toString()));
        }
        return findings;
    }

    /** With a wrong clock the last code can seem to be of the future, and the next one too soon. */
    private static boolean mayWait(Command command) {
        return Separate.hasWrongClock()
                && command.last().status() == 429
                && command.what().equals("ask for a code");
    }
}
