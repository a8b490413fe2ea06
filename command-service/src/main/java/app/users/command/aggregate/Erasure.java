package app.users.command.aggregate;

import app.users.command.credentials.Credentials;
import app.users.command.idempotency.StoredAnswers;
import app.users.command.keys.UserKeys;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** Forgets a person: the key of their data, their snapshot, claims, credentials and sessions; keeps a receipt. */
final class Erasure {

    private final JdbcTemplate jdbc;
    private final UserKeys keys;
    private final Claims claims;
    private final Credentials credentials;
    private final ResetCodes resets;
    private final StoredAnswers answers;

    Erasure(
            JdbcTemplate jdbc,
            UserKeys keys,
            Claims claims,
            Credentials credentials,
            ResetCodes resets,
            StoredAnswers answers) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.claims = claims;
        this.credentials = credentials;
        this.resets = resets;
        this.answers = answers;
    }

    void erase(long user, String receipt, Instant now) {
        keys.destroy(user);
        jdbc.update("delete from snapshot_event_entry where aggregate_identifier = ?", Long.toString(user));
        claims.releaseAll(user);
        credentials.delete(user);
        resets.forget(user);
        answers.forget(user);
        jdbc.update(
                "insert into erasure (receipt, user_id, erased_at) values (?, ?, ?)",
                receipt,
                user,
                Timestamp.from(now));
    }
}
