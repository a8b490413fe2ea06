package app.users.embedded;

import java.util.regex.Pattern;

/**
 * The passwords of the server's roles.
 *
 * @param superuser of {@code postgres}, which creates the other two
 * @param owner of {@code users_owner}, which owns the tables and runs the migrations
 * @param service of {@code users_command}, which the command service connects as
 */
public record PostgresPasswords(String superuser, String owner, String service) {

    /** They are part of statements where no parameter is possible. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9+/=_-]{20,}");

    public PostgresPasswords {
        for (String password : new String[] {superuser, owner, service}) {
            if (!SAFE.matcher(password).matches()) {
                throw new IllegalArgumentException("a password needs 20 characters of base64 or more");
            }
        }
    }
}
