package app.users.command.replay;

import app.users.command.relay.OutageTolerant;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sends the history of somebody once more, now and then. Whoever keeps views compares them with what comes, and mends
 * them: so no view stays wrong for ever, whatever made it wrong.
 */
class ViewChecks {

    private final Replay replay;
    private final JdbcTemplate jdbc;
    private final OutageTolerant tolerant;

    ViewChecks(Replay replay, JdbcTemplate jdbc, Clock clock) {
        this.replay = replay;
        this.jdbc = jdbc;
        tolerant = new OutageTolerant(clock, "The check of views waits for PostgreSQL and Kafka");
    }

    void run() {
        tolerant.run(() -> anybody().forEach(replay::ofUser));
    }

    /** Whose events are many is chosen often: their views have had many occasions to go wrong. */
    private List<Long> anybody() {
        return jdbc.queryForList(
                "select aggregate_identifier::bigint from domain_event_entry where global_index >="
                        + " (select floor(random() * (max(global_index) + 1)) from domain_event_entry)"
                        + " order by global_index limit 1",
                Long.class);
    }
}
