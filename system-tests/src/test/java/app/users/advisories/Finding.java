package app.users.advisories;

import java.util.Optional;

/**
 * A library that an advisory is about.
 *
 * @param fixed the next version without the flaw, if there is one
 */
record Finding(Advisory advisory, Library library, Optional<String> fixed) {

    /** One line, whatever the advisory says. */
    @Override
    public String toString() {
        String id = advisory.aliases().isEmpty()
                ? advisory.id()
                : advisory.id() + " (" + String.join(", ", advisory.aliases()) + ")";
        return "%s: %s %s, %s: %s"
                .formatted(
                        id,
                        library.name(),
                        library.version(),
                        fixed.map(version -> "fixed in " + version).orElse("not fixed"),
                        advisory.summary())
                .replaceAll("\\p{C}", " ");
    }
}
