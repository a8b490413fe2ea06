package app.users.command.registration;

import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Gives each new user an id; an id is never given twice. */
final class UserIds {

    private final JdbcTemplate jdbc;

    UserIds(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    long next() {
        return Objects.requireNonNull(jdbc.queryForObject("select nextval('user_id_seq')", Long.class));
    }
}
