package app.users.faults;

import app.users.faults.Finding.Promise;
import app.users.faults.History.Read;
import app.users.faults.Known.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Profiles and credentials are what the clients know them to be. */
final class PersonRules {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;

    private PersonRules() {}

    static List<Finding> findings(History history, Observed observed) {
        List<Finding> findings = new ArrayList<>();
        history.reads().stream()
                .filter(read -> !read.warned() && !read.shown().equals(read.expected()))
                .map(PersonRules::old)
                .forEach(findings::add);
        Set<String> taken = history.people().stream()
                .filter(person -> !person.erased())
                .flatMap(person ->
                        Stream.concat(Stream.of(person.email(), person.number()), person.former().held().stream()))
                .collect(Collectors.toSet());
        for (Known person : history.people()) {
            if (!person.erased()) {
                view(person, observed, findings);
            } else if (!taken.contains(person.email()) && !taken.contains(person.number())) {
                expect(
                        Promise.FREED,
                        person,
                        "registration with " + person.email(),
                        CREATED,
                        observed.registrations().get(person.user()),
                        findings);
            }
            person.accepted().forEach(c -> signIn(person, c, OK, observed, findings));
            person.refused().forEach(c -> signIn(person, c, UNAUTHORIZED, observed, findings));
        }
        return findings;
    }

    private static Finding old(Read read) {
        return new Finding(
                Promise.VIEW, read.user(), read.expected() + " or a warning for " + read.request(), read.shown() + "");
    }

    private static void view(Known person, Observed observed, List<Finding> findings) {
        Map<String, String> shown = observed.profiles().get(person.user());
        if (!person.profile().equals(shown)) {
            findings.add(new Finding(Promise.VIEW, person.user(), person.profile() + "", shown + ""));
        }
    }

    private static void signIn(Known person, Credentials tried, int status, Observed observed, List<Finding> findings) {
        expect(
                Promise.SIGN_IN,
                person,
                "sign-in with " + tried,
                status,
                observed.signIns().get(tried),
                findings);
    }

    /** A missing result (null) is a finding too. */
    private static void expect(
            Promise promise,
            Known person,
            String what,
            int expected,
            @org.jspecify.annotations.Nullable Integer found,
            List<Finding> findings) {
        if (found == null || found != expected) {
            findings.add(new Finding(promise, person.user(), what + " answered " + expected, found + ""));
        }
    }
}
