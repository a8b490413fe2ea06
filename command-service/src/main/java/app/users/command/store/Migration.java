package app.users.command.store;

import app.users.settings.InvalidSetting;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables to this version. It needs the role that owns them. */
final class Migration {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private Migration() {}

    static void run(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            if (isRefused(e)) {
                throw new InvalidSetting(
                        "spring.flyway.user",
                        "is a role that may not change the tables, or is not set; set it to the role that owns them,"
                                + " such as users_owner of containers/postgres/roles.sh");
            }
            throw e;
        }
    }

    private static boolean isRefused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
