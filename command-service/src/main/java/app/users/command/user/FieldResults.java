package app.users.command.user;

import java.util.Map;
import java.util.Set;

/**
 * What became of the fields of a change; those that are not named changed.
 *
 * @param unchanged fields that break a rule of today, but hold the same value already
 * @param refused the code of the broken rule by field
 */
public record FieldResults(Set<Field> unchanged, Map<Field, String> refused) {}
