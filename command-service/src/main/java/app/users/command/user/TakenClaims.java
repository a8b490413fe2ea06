package app.users.command.user;

import java.util.List;

/** Somebody else has the email or number; thrown so that the whole registration rolls back. */
final class TakenClaims extends RuntimeException {

    private final List<String> fields;

    TakenClaims(List<String> fields) {
        super("taken: " + fields, null, false, false);
        this.fields = List.copyOf(fields);
    }

    List<String> fields() {
        return fields;
    }
}
