package app.users.advisories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.maven.artifact.versioning.ComparableVersion;
import tools.jackson.databind.JsonNode;

/** Versions that are affected, by what happens at which version. */
record Range(List<Event> events) {

    /** In this order at one version: what is fixed and introduced at once is affected. */
    private enum Kind {
        FIXED,
        INTRODUCED,
        LAST_AFFECTED
    }

    record Event(Kind kind, ComparableVersion version) {

        private static final ComparableVersion ZERO = new ComparableVersion("0");

        /** {@code 0} stands for the time before the first version, also before {@code 0-alpha}. */
        private boolean isBeginning() {
            return kind == Kind.INTRODUCED && version.equals(ZERO);
        }

        private boolean isReachedBy(ComparableVersion other) {
            return isBeginning()
                    || (kind == Kind.LAST_AFFECTED ? version.compareTo(other) < 0 : version.compareTo(other) <= 0);
        }
    }

    private static final Comparator<Event> ORDER = Comparator.comparing((Event event) -> !event.isBeginning())
            .thenComparing(Event::version)
            .thenComparing(Event::kind);

    Range {
        events = events.stream().sorted(ORDER).toList();
    }

    /** Limits are left out: they are commits. */
    static Range of(JsonNode range) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event : Advisory.elements(range, "events").toList()) {
            for (Kind kind : Kind.values()) {
                JsonNode version = event.path(kind.name().toLowerCase(Locale.ROOT));
                if (!version.isMissingNode()) {
                    events.add(new Event(kind, new ComparableVersion(version.stringValue())));
                }
            }
        }
        if (events.stream().noneMatch(event -> event.kind() == Kind.INTRODUCED)) {
            throw new IllegalArgumentException("is no OSV record: a range does not say what introduced the flaw");
        }
        return new Range(events);
    }

    boolean affects(ComparableVersion version) {
        return events.stream()
                .filter(event -> event.isReachedBy(version))
                .reduce((earlier, later) -> later)
                .filter(last -> last.kind() == Kind.INTRODUCED)
                .isPresent();
    }

    /** The first version after this one that is not affected any more. */
    Optional<ComparableVersion> fixedAfter(ComparableVersion version) {
        return events.stream()
                .filter(event -> event.kind() == Kind.FIXED)
                .map(Event::version)
                .filter(fixed -> fixed.compareTo(version) > 0)
                .findFirst();
    }
}
