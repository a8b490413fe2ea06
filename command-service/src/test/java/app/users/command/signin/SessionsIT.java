package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.CommandDatabase;
import app.users.command.keys.KeyedHash;
import app.users.command.security.SecurityLog;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sessions that have expired are removed, in more than one batch, and no others. */
class SessionsIT {

    private static final JdbcTemplate JDBC = new JdbcTemplate(CommandDatabase.migrated());

    private final Sessions sessions = new Sessions(
            JDBC,
            new KeyedHash(new byte[32]),
            new SecurityLog(JDBC, Clock.systemUTC()),
            Clock.systemUTC(),
            new Sessions.Lifetime(Duration.ofDays(30), Duration.ofDays(7)));

    @Test
    void whatHasExpiredIsRemovedAndTheRestStays() {
        add(1_500, "expired", "now() - interval '1 day'", "now() - interval '1 second'");
        add(1_500, "idle", "now() - interval '8 days'", "now() + interval '1 day'");
        add(1_500, "alive", "now() - interval '6 days'", "now() + interval '1 day'");

        sessions.clean();

        assertThat(JDBC.queryForList("select convert_from(secret_hash, 'UTF8') from session", String.class))
                .hasSize(1_500)
                .containsOnly("alive");
    }

    private static void add(int sessions, String what, String used, String expires) {
        JDBC.update("insert into session (id, user_id, generation, secret_hash, created_at, rotated_at, expires_at)"
                + " select gen_random_uuid(), 1, 0, '%s'::bytea, now(), %s, %s from generate_series(1, %d)"
                        .formatted(what, used, expires, sessions));
    }
}
