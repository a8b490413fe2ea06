package app.users.command.user;

import app.users.command.store.KeyedHash;
import org.springframework.jdbc.core.JdbcTemplate;

/** Claims as rows whose key is a keyed hash: the table knows no email and no number. */
final class JdbcClaims implements Claims {

    private final JdbcTemplate jdbc;
    private final KeyedHash hash;

    JdbcClaims(JdbcTemplate jdbc, KeyedHash hash) {
        this.jdbc = jdbc;
        this.hash = hash;
    }

    @Override
    public boolean take(Kind kind, String value, long user) {
        return jdbc.update(
                        "insert into claim (kind, hash, user_id) values (?, ?, ?) on conflict do nothing",
                        kind.name(),
                        hash.of(kind.name(), value),
                        user)
                == 1;
    }

    @Override
    public void release(Kind kind, String value, long user) {
        jdbc.update(
                "delete from claim where kind = ? and hash = ? and user_id = ?",
                kind.name(),
                hash.of(kind.name(), value),
                user);
    }

    @Override
    public void releaseAll(long user) {
        jdbc.update("delete from claim where user_id = ?", user);
    }
}
