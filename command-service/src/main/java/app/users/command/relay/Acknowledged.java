package app.users.command.relay;

import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far Kafka has acknowledged each partition, and of which topic; written in the transaction of the relay's position. */
class Acknowledged {

    private final JdbcTemplate jdbc;

    Acknowledged(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param next the offset after the last acknowledged one, by partition */
    void remember(String topicId, Map<Integer, Long> next) {
        next.forEach((partition, offset) -> jdbc.update(
                "insert into relay_acknowledged (partition, topic_id, next_offset) values (?, ?, ?)"
                        + " on conflict (partition) do update set topic_id = excluded.topic_id,"
                        + " next_offset = excluded.next_offset",
                partition,
                topicId,
                offset));
    }

    /** Whether the topic is another one, or ends before what was acknowledged. */
    boolean isLost(String topicId, Map<Integer, Long> ends) {
        return jdbc.query(
                        "select partition, topic_id, next_offset from relay_acknowledged",
                        (row, i) -> !row.getString(2).equals(topicId)
                                || ends.getOrDefault(row.getInt(1), 0L) < row.getLong(3))
                .contains(true);
    }

    void forget() {
        jdbc.update("delete from relay_acknowledged");
    }
}
