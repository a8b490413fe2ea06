package app.users.command.leaving;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is known of erasures, by the receipt that the user got. */
final class Receipts {

    private final JdbcTemplate jdbc;

    Receipts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Receipt> find(String receipt) {
        return jdbc
                .query("select erased_at, published_at from erasure where receipt = ?", Receipts::receipt, receipt)
                .stream()
                .findFirst();
    }

    /** The id of the receipt of this user's erasure; nothing if there was none. */
    Optional<String> ofUser(long user) {
        return jdbc.queryForList("select receipt from erasure where user_id = ?", String.class, user).stream()
                .findFirst();
    }

    private static Receipt receipt(ResultSet row, int number) throws SQLException {
        Instant erased = row.getTimestamp("erased_at").toInstant();
        Timestamp published = row.getTimestamp("published_at");
        return Receipt.of(erased, published == null ? null : published.toInstant());
    }
}
