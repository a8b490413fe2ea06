package app.users.command.idempotency;

import app.users.command.keys.UserKeys;
import app.users.command.sweep.Sweep;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers that were given under an {@code Idempotency-Key}, for a day. One with a body is encrypted under its user's
 * key and goes with it; one without holds nothing personal and outlives its user, so that leaving can be repeated too.
 */
public class StoredAnswers {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final String SEALED_AS = "idempotent-answer";

    /** @param user whose answer it is */
    record Found(long user, StoredAnswer answer, boolean ofErasure) {}

    private final JdbcTemplate jdbc;
    private final UserKeys keys;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    public StoredAnswers(JdbcTemplate jdbc, UserKeys keys, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws Rejected when the key was used for another request */
    Optional<Found> find(Attempt attempt) {
        return jdbc
                .query(
                        "select user_id, answer, sealed, fingerprint from idempotency where key = ? and stored_at > ?",
                        (row, i) -> read(attempt, row),
                        attempt.key(),
                        Timestamp.from(clock.instant().minus(KEPT)))
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Found> read(Attempt attempt, ResultSet row) throws SQLException {
        if (!attempt.isSameRequest(row.getBytes("fingerprint"))) {
            throw Rejected.of(Reason.UNPROCESSABLE, "key-reused");
        }
        long user = row.getLong("user_id");
        boolean sealed = row.getBoolean("sealed");
        byte[] stored = row.getBytes("answer");
        Optional<byte[]> plain = sealed ? keys.open(user, SEALED_AS, stored) : Optional.of(stored);
        return plain.map(bytes -> new Found(user, json.readValue(bytes, StoredAnswer.class), !sealed));
    }

    /**
     * To be called in the transaction of the change, before it.
     *
     * @throws AlreadyAnswered when a twin has committed since the request came
     * @throws Rejected while a twin is at work
     */
    void claim(Attempt attempt) {
        Boolean mine = jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, attempt.lock());
        if (!Boolean.TRUE.equals(mine)) {
            throw Rejected.of(Reason.CONFLICT, "key-in-use").retryAfter(Duration.ofSeconds(1));
        }
        find(attempt).ifPresent(stored -> {
            throw new AlreadyAnswered(stored.answer());
        });
    }

    /** To be called in the transaction of the change, after it. */
    void keep(Attempt attempt, long user, StoredAnswer answer) {
        byte[] plain = json.writeValueAsBytes(answer);
        boolean sealed = answer.body() != null;
        byte @Nullable [] stored = sealed ? keys.seal(user, SEALED_AS, plain).orElseThrow() : plain;
        jdbc.update(
                "insert into idempotency (key, fingerprint, user_id, answer, sealed, stored_at) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (key) do update set fingerprint = excluded.fingerprint,"
                        + " user_id = excluded.user_id, answer = excluded.answer, sealed = excluded.sealed,"
                        + " stored_at = excluded.stored_at",
                attempt.key(),
                attempt.fingerprint(),
                user,
                stored,
                sealed,
                Timestamp.from(clock.instant()));
    }

    /** Of a user who leaves. */
    public void forget(long user) {
        jdbc.update("delete from idempotency where user_id = ?", user);
    }

    @Scheduled(initialDelay = 15, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clean() {
        var unused = Sweep.delete(
                jdbc,
                "idempotency",
                "stored_at < ?",
                Timestamp.from(clock.instant().minus(KEPT)));
    }
}
