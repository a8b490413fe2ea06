package app.users.advisories;

import java.util.Comparator;

/** A library of Maven at its version. */
record Library(String group, String artifact, String version) implements Comparable<Library> {

    private static final Comparator<Library> ORDER =
            Comparator.comparing(Library::name).thenComparing(Library::version);

    /** As advisories call it. */
    String name() {
        return group + ":" + artifact;
    }

    @Override
    public int compareTo(Library other) {
        return ORDER.compare(this, other);
    }
}
