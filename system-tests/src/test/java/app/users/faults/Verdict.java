package app.users.faults;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came out of one round.
 *
 * @param faults how often each struck
 * @param acknowledged commands and reads that were done
 * @param unanswered requests without an answer, or with a 502, 503 or 504, which were sent again
 * @param events rows in the event store
 * @param mails that the mail server took
 * @param serverErrors answers with the status 500
 */
record Verdict(
        Form form,
        long seed,
        Map<String, Integer> faults,
        int kills,
        int acknowledged,
        int unanswered,
        int events,
        int mails,
        List<String> serverErrors,
        List<Finding> findings,
        long seconds) {

    static final String HEAD = """
            | form | seed | faults | kills | done | sent again | events | mails | answers 500 | findings | minutes |
            |---|---|---|---|---|---|---|---|---|---|---|
            """;

    /** A line of a table in Markdown. */
    String row() {
        String kinds = faults.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        return "| %s | %d | %s | %d | %d | %d | %d | %d | %d | %d | %.1f |%n"
                .formatted(
                        form.name().toLowerCase(java.util.Locale.ROOT),
                        seed,
                        kinds,
                        kills,
                        acknowledged,
                        unanswered,
                        events,
                        mails,
                        serverErrors.size(),
                        findings.size(),
                        seconds / 60.0);
    }
}
