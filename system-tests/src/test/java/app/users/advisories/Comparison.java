package app.users.advisories;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of comparing libraries with advisories. */
record Comparison(int libraries, int advisories, List<Finding> findings) {

    static Comparison of(Set<Library> libraries, List<Advisory> advisories) {
        List<Finding> findings = libraries.stream()
                .flatMap(library -> advisories.stream()
                        .map(advisory -> advisory.in(library))
                        .flatMap(Optional::stream))
                .toList();
        return new Comparison(libraries.size(), advisories.size(), findings);
    }

    /** A line for each finding, and one for all. */
    String report() {
        StringBuilder report = new StringBuilder();
        findings.forEach(finding -> report.append(finding).append('\n'));
        return report.append("%d packages compared with %d advisories: %s\n"
                        .formatted(
                                libraries,
                                advisories,
                                findings.isEmpty() ? "nothing found" : findings.size() + " found"))
                .toString();
    }
}
