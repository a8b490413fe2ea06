package app.users.command.signin;

import app.users.command.keys.UserKeys;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where a person is signed in. */
final class SessionList {

    private static final int MOST = 100;

    /** A signed-in client as its person sees it. */
    record Session(UUID id, Instant createdAt, Instant usedAt, Client client) {}

    private final JdbcTemplate jdbc;
    private final UserKeys userKeys;
    private final Clock clock;
    private final Sessions.Lifetime lifetime;

    SessionList(JdbcTemplate jdbc, UserKeys userKeys, Clock clock, Sessions.Lifetime lifetime) {
        this.jdbc = jdbc;
        this.userKeys = userKeys;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** The newest first. */
    List<Session> of(long user) {
        Instant now = clock.instant();
        return jdbc.query(
                "select id, created_at, rotated_at, client from session where user_id = ? and expires_at > ?"
                        + " and rotated_at > ? order by created_at desc, id limit " + MOST,
                (row, i) -> new Session(
                        row.getObject(1, UUID.class),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant(),
                        Client.open(user, row.getBytes(4), userKeys)),
                user,
                Timestamp.from(now),
                Timestamp.from(now.minus(lifetime.idle())));
    }
}
