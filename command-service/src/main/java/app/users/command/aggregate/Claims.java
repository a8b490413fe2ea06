package app.users.command.aggregate;

import app.users.command.keys.KeyedHash;
import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The exclusive rights to emails and numbers, taken and given back in the transaction of the event. The table knows them by
 * keyed hashes alone.
 */
public final class Claims {

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;

    Claims(JdbcTemplate jdbc, KeyedHash hash) {
        this.jdbc = jdbc;
        this.hash = hash;
    }

    /** Whether the identifier now belongs to the user; waits for a rival whose transaction is still open. */
    boolean take(Identifier identifier, long user) {
        return jdbc.update(
                        "insert into claim (kind, hash, user_id) values (?, ?, ?) on conflict do nothing",
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

    /** Whether the user now has the one instead of the other; if not, nothing changed. */
    boolean move(ClaimMove move, long user) {
        if (!take(move.to(), user)) {
            return false;
        }
        release(move.from(), user);
        return true;
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

    /** By this hash the table knows it. */
    public byte[] hash(Identifier identifier) {
        return hash.of(identifier);
    }

    /** Whose identifier it is, if anyone's. */
    public OptionalLong owner(Kind kind, byte[] hashed) {
        return jdbc
                .queryForList("select user_id from claim where kind = ? and hash = ?", Long.class, kind.name(), hashed)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
