package app.users.command.relay;

import app.users.kafka.lag.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** How far the relay is with the store, whichever process it runs in. */
public final class RelayPosition {

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    RelayPosition(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, Position> find() {
        return Map.of("store", now());
    }

    Position now() {
        long last = jdbc.queryForList("select coalesce(max(global_index), -1) from domain_event_entry", Long.class)
                .getFirst();
        return new Position(next(), last + 1);
    }

    /** Everything before it has been sent. */
    public long next() {
        List<Long> sent = jdbc.query(
                "select token from token_entry where processor_name = ? and token is not null",
                (row, i) -> json.readTree(new String(row.getBytes(1), StandardCharsets.UTF_8))
                        .path("index")
                        .asLong(-1),
                Relay.GROUP);
        return sent.isEmpty() ? 0 : sent.getFirst() + 1;
    }
}
