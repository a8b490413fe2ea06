package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** However many events a user has, a command reads the last snapshot and the events after it. */
class ManyEventsIT extends RunningCommandService {

    /** The long form: {@code -Dhistory.events=1000000}. */
    private static final int EVENTS = Integer.getInteger("history.events", 1_000);

    /** A user may be changed 300 times a minute. */
    private static final int EVENTS_PER_CHANGE = Math.max(600, EVENTS / 250);

    private static final Duration LONGEST_ERASURE = Duration.ofSeconds(60).plusMillis(EVENTS);

    private final Person person = person();

    @Test
    void aUserWithManyEventsCanBeChangedAndErased() throws Exception {
        String access = register(person);
        change(access);
        while (sequence(access) < EVENTS) {
            repeatLastEvent(user(access), EVENTS_PER_CHANGE);
            change(access);
        }
        assertThat(snapshots(access)).isEqualTo(1);

        assertThat(send("DELETE", "user/", "", access).statusCode()).isEqualTo(200);

        assertThat(snapshots(access)).isZero();
        await().atMost(LONGEST_ERASURE)
                .until(() -> jdbc.queryForObject(
                        "select published_at is not null from erasure where user_id = ?::bigint",
                        Boolean.class,
                        user(access)));
    }

    @Test
    void eventsBeforeTheSnapshotAreNotRead() throws Exception {
        String access = withSnapshot();
        repeatLastEvent(user(access), 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> records(user(access)).size() == sequence(access) + 1);
        rename("user.profile-changed.v1", "unreadable", access);
        try {
            change(access);
        } finally {
            rename("unreadable", "user.profile-changed.v1", access);
        }
    }

    @Test
    void aSnapshotShowsNothingPersonal() throws Exception {
        String access = withSnapshot();
        assertThat(jdbc.queryForObject(
                        "select payload::text || coalesce(meta_data::text, '') from snapshot_event_entry"
                                + " where aggregate_identifier = ?",
                        String.class,
                        user(access)))
                .contains("\"personal\"")
                .doesNotContain("\"S\"", "surname", person.email(), person.number());
    }

    @Test
    void aSnapshotOfAnotherRevisionIsNotRead() throws Exception {
        String access = withSnapshot();
        asOwner()
                .update(
                        "update snapshot_event_entry set payload_revision = '0', payload = '{}' where aggregate_identifier = ?",
                        user(access));
        repeatLastEvent(user(access), 1);
        change(access);
    }

    private String withSnapshot() throws IOException, InterruptedException {
        String access = register(person);
        change(access);
        repeatLastEvent(user(access), EVENTS_PER_CHANGE);
        change(access);
        assertThat(snapshots(access)).isEqualTo(1);
        return access;
    }

    private void change(String access) throws IOException, InterruptedException {
        String surname = "S" + sequence(access);
        assertThat(send("PATCH", "user/", "{\"surname\":\"" + surname + "\"}", access)
                        .statusCode())
                .isEqualTo(200);
    }

    private String user(String access) {
        return claim(access, "sub").asString();
    }

    private long sequence(String access) {
        return jdbc.queryForList(
                        "select max(sequence_number) from domain_event_entry where aggregate_identifier = ?",
                        Long.class,
                        user(access))
                .getFirst();
    }

    private int snapshots(String access) {
        return jdbc.queryForList(
                        "select 1 from snapshot_event_entry where aggregate_identifier = ?",
                        Integer.class,
                        user(access))
                .size();
    }

    /** Makes the first changes of the user unreadable, or readable again. */
    private void rename(String from, String to, String access) {
        asOwner().execute("""
                alter table domain_event_entry disable trigger events_are_immutable;
                update domain_event_entry set payload_type = '%s'
                where payload_type = '%s' and aggregate_identifier = '%s' and sequence_number between 1 and 10;
                alter table domain_event_entry enable trigger events_are_immutable""".formatted(to, from, user(access)));
    }
}
