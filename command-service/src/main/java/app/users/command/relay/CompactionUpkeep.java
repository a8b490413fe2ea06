package app.users.command.relay;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.support.SendResult;

/** Now and then: lets the log roll, and sends the tombstones of whoever left lately again, so that a late duplicate dies too. */
class CompactionUpkeep {

    private static final Duration LATELY = Duration.ofHours(25);

    private record Erased(long user, long version) {}

    private final EventTopic topic;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    CompactionUpkeep(EventTopic topic, JdbcTemplate jdbc, Clock clock) {
        this.topic = topic;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void run() {
        List<CompletableFuture<SendResult<String, byte[]>>> sent = new ArrayList<>(topic.sendTicks());
        for (Erased erased : erasedSince(clock.instant().minus(LATELY))) {
            sent.addAll(topic.sendTombstonesBefore(erased.user(), erased.version()));
        }
        var unused = topic.await(sent);
    }

    private List<Erased> erasedSince(Instant since) {
        return jdbc.query(
                "select user_id, max(sequence_number) + 1 from erasure join domain_event_entry"
                        + " on aggregate_identifier = user_id::text where erased_at > ? group by user_id",
                (row, i) -> new Erased(row.getLong(1), row.getLong(2)),
                Timestamp.from(since));
    }
}
