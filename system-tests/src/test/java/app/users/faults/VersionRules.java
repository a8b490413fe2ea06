package app.users.faults;

import app.users.faults.Finding.Promise;
import app.users.faults.Observed.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The versions of a user are 1 to n, and an answer names the version that its command has led to. */
final class VersionRules {

    private VersionRules() {}

    static List<Finding> findings(History history, Observed observed) {
        List<Finding> findings = new ArrayList<>();
        observed.rows().stream()
                .collect(Collectors.groupingBy(Row::user))
                .forEach((user, rows) -> findings.addAll(gaps(user, rows)));
        Map<String, Long> last =
                observed.rows().stream().collect(Collectors.toMap(Row::request, Row::version, Math::max));
        history.commands().stream()
                .filter(command -> command.done() && command.last().version() > 0)
                .flatMap(command -> answered(command, last).stream())
                .forEach(findings::add);
        return findings;
    }

    private static List<Finding> gaps(long user, List<Row> rows) {
        List<Long> versions = rows.stream().map(Row::version).toList();
        List<Long> expected = LongStream.rangeClosed(1, rows.size()).boxed().toList();
        return versions.equals(expected)
                ? List.of()
                : List.of(new Finding(
                        Promise.VERSIONS, user, "versions 1 to " + rows.size() + " in order", versions.toString()));
    }

    private static List<Finding> answered(Command command, Map<String, Long> last) {
        long stored = command.requests().stream()
                .mapToLong(request -> last.getOrDefault(request, 0L))
                .max()
                .orElse(0);
        return stored == 0 || stored == command.last().version()
                ? List.of()
                : List.of(new Finding(
                        Promise.VERSIONS, command.user(), "version " + stored + " in the answer", command + ""));
    }
}
