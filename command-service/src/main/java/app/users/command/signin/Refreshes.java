package app.users.command.signin;

import app.users.command.keys.KeyedHash;
import app.users.command.signin.Sessions.Grant;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Exchanges refresh tokens. Each is good once. Its answer can be lost, so a token can be repeated while the next token is
 * unused. A repeat that is not a client's immediate retry gets another next token, and the one before it is void: of two
 * parties that hold a session's tokens, one will present a void or used token, which ends the session (RFC 9700, 4.14.2).
 */
final class Refreshes {

    /** Requests that a client sends at once, or retries after a timeout, get the same next token within this time. */
    static final Duration RETRY = Duration.ofSeconds(10);

    /** What a refresh token was worth. */
    sealed interface Refresh {
        record Granted(Grant grant) implements Refresh {}

        /** Used or void: another party may hold it, so the session has to end. */
        record Reused(long user, UUID session) implements Refresh {}

        record Invalid() implements Refresh {}
    }

    /** A session whose newest token is {@code generation}, which was issued at {@code rotated}. */
    private record Stored(long user, long epoch, long version, int generation, byte[] secretHash, Instant rotated) {}

    private final JdbcTemplate jdbc;
    private final KeyedHash key;
    private final Clock clock;
    private final Duration idle;
    private final Duration grace;

    /**
     * Exchanges tokens of the sessions in this database.
     *
     * @param idle how long a session lasts without a refresh
     * @param grace how long a token can be repeated while the next one is unused
     */
    Refreshes(JdbcTemplate jdbc, KeyedHash key, Clock clock, Duration idle, Duration grace) {
        this.jdbc = jdbc;
        this.key = key;
        this.clock = clock;
        this.idle = idle;
        this.grace = grace;
    }

    Refresh refresh(String text) {
        return RefreshToken.parse(text, key)
                .map(token -> exchange(token, clock.instant()))
                .orElseGet(Refresh.Invalid::new);
    }

    private Refresh exchange(RefreshToken token, Instant now) {
        return replace(token, token.successor(token.generation() + 1, key), now)
                .<Refresh>map(Refresh.Granted::new)
                .orElseGet(() -> repeat(token, now));
    }

    private Refresh repeat(RefreshToken token, Instant now) {
        Stored stored = find(token, now).orElse(null);
        if (stored == null) {
            return new Refresh.Invalid();
        }
        RefreshToken next = token.successor(stored.generation(), key);
        boolean unused = MessageDigest.isEqual(next.secretHash(), stored.secretHash());
        Duration since = Duration.between(stored.rotated(), now);
        if (!unused || since.compareTo(grace) >= 0) {
            return new Refresh.Reused(stored.user(), token.session());
        }
        if (since.compareTo(RETRY) < 0) {
            return new Refresh.Granted(
                    new Grant(stored.user(), stored.epoch(), stored.version(), token.session(), next.text(key)));
        }
        return replace(next, token.successor(stored.generation() + 1, key), now)
                .<Refresh>map(Refresh.Granted::new)
                // a concurrent request was faster; what it did decides
                .orElseGet(() -> repeat(token, now));
    }

    /** Makes {@code next} the session's token, if {@code current} is it. */
    private Optional<Grant> replace(RefreshToken current, RefreshToken next, Instant now) {
        return jdbc
                .query(
                        "update session set generation = ?, secret_hash = ?, rotated_at = ?"
                                + " where id = ? and generation = ? and secret_hash = ? and expires_at > ? and rotated_at > ? returning "
                                + Sessions.GRANT,
                        (row, i) -> new Grant(
                                row.getLong(1), row.getLong(2), row.getLong(3), next.session(), next.text(key)),
                        next.generation(),
                        next.secretHash(),
                        Timestamp.from(now),
                        current.session(),
                        current.generation(),
                        current.secretHash(),
                        Timestamp.from(now),
                        Timestamp.from(now.minus(idle)))
                .stream()
                .findFirst();
    }

    /** The token's session, if it lasts and has a newer token. */
    private Optional<Stored> find(RefreshToken token, Instant now) {
        return jdbc
                .query(
                        "select " + Sessions.GRANT + ", generation, secret_hash, rotated_at from session"
                                + " where id = ? and generation > ? and expires_at > ? and rotated_at > ?",
                        (row, i) -> stored(row),
                        token.session(),
                        token.generation(),
                        Timestamp.from(now),
                        Timestamp.from(now.minus(idle)))
                .stream()
                .findFirst();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getBytes(5),
                row.getTimestamp(6).toInstant());
    }
}
