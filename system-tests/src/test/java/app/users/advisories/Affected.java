package app.users.advisories;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import tools.jackson.databind.JsonNode;

/**
 * A package of Maven and the versions of it that an advisory is about.
 *
 * @param name group and artifact, with a colon between them
 */
record Affected(String name, List<Range> ranges, List<String> versions) {

    /** Ranges of commits are left out: a bill of materials names versions. */
    static Affected of(JsonNode affected) {
        List<Range> ranges = Advisory.elements(affected, "ranges")
                .filter(range -> !range.path("type").asString("").equals("GIT"))
                .map(Range::of)
                .toList();
        List<String> versions = Advisory.elements(affected, "versions")
                .map(JsonNode::stringValue)
                .toList();
        return new Affected(affected.at("/package/name").stringValue(), ranges, versions);
    }

    /** The ecosystem may be followed by the address of a repository. */
    static boolean isOfMaven(JsonNode affected) {
        String ecosystem = affected.at("/package/ecosystem").asString("");
        return ecosystem.equals("Maven") || ecosystem.startsWith("Maven:");
    }

    /** Where no version is named, any is affected: a finding too many can be looked at, a missing one cannot. */
    boolean has(Library library) {
        ComparableVersion version = new ComparableVersion(library.version());
        return name.equals(library.name())
                && (ranges.isEmpty() && versions.isEmpty()
                        || versions.stream().map(ComparableVersion::new).anyMatch(version::equals)
                        || ranges.stream().anyMatch(range -> range.affects(version)));
    }

    Stream<ComparableVersion> fixedAfter(ComparableVersion version) {
        return ranges.stream()
                .filter(range -> range.affects(version))
                .map(range -> range.fixedAfter(version))
                .flatMap(Optional::stream);
    }
}
