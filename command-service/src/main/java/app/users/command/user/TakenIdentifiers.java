package app.users.command.user;

import app.users.command.value.Identifier.Kind;
import java.util.List;
import java.util.Set;

/** Another user has the email or number; thrown so that the whole registration rolls back. */
public final class TakenIdentifiers extends RuntimeException {

    private final List<Field> fields;

    public TakenIdentifiers(Set<Kind> taken) {
        super("taken: " + taken, null, false, false);
        this.fields = taken.stream().sorted().map(Field::of).toList();
    }

    public List<Field> fields() {
        return fields;
    }
}
