package app.users.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/** The roles of the command service: one owns the tables, the other has the rights that the service needs. */
public final class PostgresRoles {

    public static final String OWNER = "users_owner";
    public static final String SERVICE = "users_command";

    private PostgresRoles() {}

    /**
     * Creates the roles, or sets their passwords anew, and makes the owner the owner of all that is in the database.
     *
     * @param superuser is connected to the database that the service uses
     */
    public static void create(Connection superuser, PostgresPasswords passwords) throws SQLException {
        Map<String, String> settings =
                Map.of("users.owner_password", passwords.owner(), "users.command_password", passwords.service());
        for (var setting : settings.entrySet()) {
            try (PreparedStatement set = superuser.prepareStatement("select set_config(?, ?, false)")) {
                set.setString(1, setting.getKey());
                set.setString(2, setting.getValue());
                set.execute();
            }
        }
        try (Statement roles = superuser.createStatement()) {
            roles.execute(script());
        }
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(PostgresRoles.class.getResourceAsStream("roles.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
