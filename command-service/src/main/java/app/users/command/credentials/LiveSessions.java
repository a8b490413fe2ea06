package app.users.command.credentials;

import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Which sessions have not ended. An access token tells when it expires, not that its session ended before. */
public final class LiveSessions {

    private final JdbcTemplate jdbc;

    public LiveSessions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public boolean has(String session, long user) {
        return !jdbc.queryForList(
                        "select 1 from session where id = ? and user_id = ?",
                        Integer.class,
                        UUID.fromString(session),
                        user)
                .isEmpty();
    }

    /** Whether the caller may go on: without an access token, or while its session lasts. */
    public boolean allow(@Nullable Principal caller) {
        return !(caller instanceof JwtAuthenticationToken token)
                || has(String.valueOf(token.getToken().getClaimAsString("sid")), Long.parseLong(token.getName()));
    }
}
