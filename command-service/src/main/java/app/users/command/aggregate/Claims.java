package app.users.command.aggregate;

import app.users.command.keys.KeyedHash;
import app.users.command.sweep.Sweep;
import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The exclusive rights to emails and numbers, taken and given back in the transaction of the event. The table knows them by
 * keyed hashes alone.
 */
public final class Claims {

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;
    private final Clock clock;

    Claims(JdbcTemplate jdbc, KeyedHash hash, Clock clock) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * Whether the identifier now belongs to the user; waits for a rival whose transaction is still open. A held claim can be
     * taken by its user, and by everyone after it has expired.
     */
    boolean take(Identifier identifier, long user) {
        return jdbc.update(
                        "insert into claim (kind, hash, user_id) values (?, ?, ?) on conflict (kind, hash) do update"
                                + " set user_id = excluded.user_id, held_until = null"
                                + " where claim.held_until is not null"
                                + " and (claim.user_id = excluded.user_id or claim.held_until <= now())",
                        identifier.kind().name(),
                        hash(identifier),
                        user)
                == 1;
    }

    /** Those that another user has. */
    Set<Kind> takeAll(List<Identifier> identifiers, long user) {
        Set<Kind> taken = EnumSet.noneOf(Kind.class);
        for (Identifier identifier : identifiers) {
            if (!take(identifier, user)) {
                taken.add(identifier.kind());
            }
        }
        return taken;
    }

    /**
     * Whether the user now has the one instead of the other; if not, nothing changed.
     *
     * @param holdUntil until when a held former identifier cannot be taken by other users
     */
    boolean move(ClaimMove move, long user, Instant holdUntil) {
        if (!take(move.to(), user)) {
            return false;
        }
        if (move.held()) {
            hold(move.from(), user, holdUntil);
        } else {
            release(move.from(), user);
        }
        return true;
    }

    private void hold(Identifier identifier, long user, Instant until) {
        jdbc.update(
                "update claim set held_until = ? where kind = ? and hash = ? and user_id = ?",
                Timestamp.from(until),
                identifier.kind().name(),
                hash(identifier),
                user);
    }

    private void release(Identifier identifier, long user) {
        jdbc.update(
                "delete from claim where kind = ? and hash = ? and user_id = ?",
                identifier.kind().name(),
                hash(identifier),
                user);
    }

    void releaseAll(long user) {
        jdbc.update("delete from claim where user_id = ?", user);
    }

    /** Whether it is the user's at present. */
    public boolean isOf(Identifier identifier, long user) {
        return !jdbc.queryForList(
                        "select 1 from claim where kind = ? and hash = ? and user_id = ? and held_until is null",
                        Integer.class,
                        identifier.kind().name(),
                        hash(identifier),
                        user)
                .isEmpty();
    }

    /** By this hash the table knows it. */
    public byte[] hash(Identifier identifier) {
        return hash.of(identifier);
    }

    /** Whose identifier it is, or was until a change that can still be undone. */
    public OptionalLong owner(Kind kind, byte[] hashed) {
        return jdbc
                .queryForList(
                        "select user_id from claim where kind = ? and hash = ?"
                                + " and (held_until is null or held_until > now())",
                        Long.class,
                        kind.name(),
                        hashed)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Deletes held claims that have expired. */
    @Scheduled(initialDelayString = "PT15M", fixedDelayString = "PT1H")
    void sweep() {
        var unused = Sweep.delete(jdbc, "claim", "held_until <= ?", Timestamp.from(clock.instant()));
    }
}
