package app.users.advisories;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import tools.jackson.databind.JsonNode;

/** A record in OSV format, as far as it is about packages of Maven; https://ossf.github.io/osv-schema describes the format. */
record Advisory(String id, List<String> aliases, String summary, List<Affected> affected) {

    /**
     * Empty when it is about nothing of Maven, or was withdrawn.
     *
     * @throws IllegalArgumentException when this is no OSV record
     */
    static Optional<Advisory> of(JsonNode record) {
        if (!record.path("id").isString()) {
            throw new IllegalArgumentException("is no OSV record: it has no id");
        }
        List<Affected> affected = elements(record, "affected")
                .filter(Affected::isOfMaven)
                .map(Affected::of)
                .toList();
        if (affected.isEmpty() || record.hasNonNull("withdrawn")) {
            return Optional.empty();
        }
        List<String> aliases =
                elements(record, "aliases").map(JsonNode::stringValue).toList();
        return Optional.of(new Advisory(record.get("id").stringValue(), aliases, summary(record), affected));
    }

    /** None where the array is absent. */
    static Stream<JsonNode> elements(JsonNode parent, String name) {
        JsonNode array = parent.path(name);
        if (array.isMissingNode() || array.isNull()) {
            return Stream.empty();
        }
        if (!array.isArray()) {
            throw new IllegalArgumentException("is no OSV record: %s is no array".formatted(name));
        }
        return array.valueStream();
    }

    private static String summary(JsonNode record) {
        String details = record.path("details").asString("");
        return record.path("summary").asString(details).lines().findFirst().orElse("");
    }

    Optional<Finding> in(Library library) {
        List<Affected> found = affected.stream().filter(one -> one.has(library)).toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ComparableVersion version = new ComparableVersion(library.version());
        Optional<String> fixed = found.stream()
                .flatMap(one -> one.fixedAfter(version))
                .min(Comparator.naturalOrder())
                .map(ComparableVersion::toString);
        return Optional.of(new Finding(this, library, fixed));
    }
}
