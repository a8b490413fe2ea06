package app.users.command.signin;

import app.users.command.credentials.Credentials.Credential;
import app.users.command.keys.KeyedHash;
import app.users.command.security.SecurityLog;
import app.users.events.SecurityEvent.SignedIn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Opens sessions after a password was verified, finds them by refresh token and deletes expired ones. {@link
 * Refreshes} extends them. {@code Credentials} ends them early: on sign-out, revocation, a reused refresh token, a
 * new password or erasure.
 */
public final class Sessions {

    /** Looks at the thousand sessions after an id; answers the last of them. */
    private static final String CLEAN = """
            with batch as (
                select id from session where id > ? order by id limit 1000
            ), removed as (
                delete from session using batch
                where session.id = batch.id and (expires_at < ? or rotated_at < ?)
            )
            select id from batch order by id desc limit 1""";

    /** The columns of a {@link Grant}. */
    static final String GRANT =
            "user_id, coalesce((select epoch from credential c where c.user_id = session.user_id), 0),"
                    + " (select max(sequence_number) + 1 from domain_event_entry where aggregate_identifier = session.user_id::text)";

    /** How long a session lasts: in all, and without being used. */
    record Lifetime(Duration absolute, Duration idle) {}

    /** What an access token is made from. */
    record Grant(long user, long epoch, long version, UUID session, String refresh) {}

    private final JdbcTemplate jdbc;
    private final KeyedHash key;
    private final Clock clock;
    private final Lifetime lifetime;
    private final SecurityLog log;

    Sessions(JdbcTemplate jdbc, KeyedHash key, SecurityLog log, Clock clock, Lifetime lifetime) {
        this.jdbc = jdbc;
        this.key = key;
        this.log = log;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    private static final String OPEN = """
            with verified as (
                select user_id, epoch from credential
                where user_id = ? and (password_hash = ? or epoch = ?) for share),
            opened as (
                insert into session (id, user_id, generation, secret_hash, created_at, rotated_at, expires_at, client)
                select ?, user_id, 0, ?, ?, ?, ?, ? from verified),
            told as (%s from verified)
            select user_id, epoch, (select max(sequence_number) + 1 from domain_event_entry
                where aggregate_identifier = user_id::text) from verified""".formatted(SecurityLog.INSERT);

    /**
     * Opens a session only while the password that was verified is the stored one: its hash is, or its epoch lasts and the
     * same password has been hashed anew. The epoch of the session is the locked row's.
     */
    Optional<Grant> open(long user, Credential verified, byte[] sealedClient) {
        RefreshToken token = RefreshToken.first(UUID.randomUUID());
        Timestamp now = Timestamp.from(clock.instant());
        Stream<Object> session = Stream.of(
                user,
                verified.passwordHash(),
                verified.epoch(),
                token.session(),
                token.secretHash(),
                now,
                now,
                Timestamp.from(clock.instant().plus(lifetime.absolute())),
                sealedClient);
        String client = Base64.getEncoder().encodeToString(sealedClient);
        SignedIn event = new SignedIn(user, token.session().toString(), client);
        return jdbc
                .query(
                        OPEN,
                        (row, i) -> grant(row, token),
                        Stream.concat(session, Arrays.stream(log.row(event))).toArray())
                .stream()
                .findFirst();
    }

    /** A session and the user who is signed in by it. */
    record Owned(long user, UUID session) {}

    /** The session that a refresh token of any age belongs to, if it lasts. */
    Optional<Owned> sessionOf(String refresh) {
        return RefreshToken.parse(refresh, key).map(RefreshToken::session).flatMap(this::find);
    }

    private Optional<Owned> find(UUID session) {
        return jdbc
                .query(
                        "select user_id from session where id = ?",
                        (row, i) -> new Owned(row.getLong(1), session),
                        session)
                .stream()
                .findFirst();
    }

    private Timestamp usedSince() {
        return Timestamp.from(clock.instant().minus(lifetime.idle()));
    }

    /**
     * Removes what has expired, a thousand sessions at a time, in the order of their ids: an index over the time of the last
     * refresh would make every refresh dearer.
     */
    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clean() {
        Timestamp now = Timestamp.from(clock.instant());
        Optional<UUID> last = Optional.of(new UUID(0, 0));
        while (last.isPresent() && !Thread.currentThread().isInterrupted()) {
            last = jdbc.queryForList(CLEAN, UUID.class, last.get(), now, usedSince()).stream()
                    .findFirst();
        }
    }

    private Grant grant(ResultSet row, RefreshToken token) throws SQLException {
        return new Grant(row.getLong(1), row.getLong(2), row.getLong(3), token.session(), token.text(key));
    }
}
