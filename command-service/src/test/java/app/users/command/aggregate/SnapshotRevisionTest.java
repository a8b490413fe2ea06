package app.users.command.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.user.UserState;
import app.users.events.Change;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.EmailLost;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmationFailed;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.NumberLost;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetFailed;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserRegistered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SnapshotRevisionTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:10:00Z");

    private static final List<UserEvent> EVENTS = List.of(
            new UserRegistered(1, "S", "N", "P", "A", "e@x.io", "+79967348137", true),
            new EmailConfirmationRequested(1, "r", "e@x.io", "N", "en", THEN, THEN),
            new EmailConfirmationFailed(1, "r"),
            new NumberConfirmationRequested(1, "n", "+79967348137", "N", "en", THEN, THEN),
            new NumberConfirmationFailed(1, "n"),
            new PasswordResetRequested(1, "p", "e@x.io", "N", "en", THEN),
            new PasswordResetFailed(1, "p"),
            new EmailConfirmed(1, "r", "e@x.io"),
            new NumberConfirmed(1, "n", "+79967348137"),
            new EmailChanged(1, "e@x.io", "E@x.io", true),
            new PasswordChanged(1, 1, null),
            new ProfileChanged(1, new Change("S", "S2"), null, null, new Change("A", "A2")),
            new PasswordResetRequested(1, "p", "e@x.io", "N", "en", THEN),
            new NumberChanged(1, "+79967348137", "+79967348130"),
            new EmailChanged(1, "E@x.io", "f@x.io", false),
            new ExecutorChanged(1, true, false),
            new SessionEnded(1, "s", Reason.REVOKED),
            new SessionsEnded(1, 2, null),
            new NoticeRequested(1, List.of("password"), "e@x.io", "N", "en", null, null),
            new NoticeRequested(1, List.of("email"), "e@x.io", "N", "en", "u", THEN),
            new EmailConfirmationRequested(1, "r", "f@x.io", "N", "en", THEN, THEN),
            new NumberConfirmationRequested(1, "n", "+79967348130", "N", "en", THEN, THEN),
            new EmailLost(1, "f@x.io"),
            new NumberLost(1, "+79967348130"),
            new EmailLost(1, "E@x.io"));

    /** A service reads the snapshots of the one before it. What they mean is in {@code stored/state-<revision>.jsonl}. */
    @Test
    void aRevisionMeansTheSameForEver() throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        StringBuilder states = new StringBuilder();
        UserState state = UserState.NONE;
        for (UserEvent event : EVENTS) {
            state = state.after(event, state.version() + 1);
            states.append(json.writeValueAsString(state)).append('\n');
        }
        assertThat(states.toString())
                .as("changed: raise SnapshotSerializer.REVISION, and put these lines into the file of that revision")
                .isEqualTo(stored());
    }

    private static String stored() throws IOException {
        try (InputStream file = SnapshotRevisionTest.class.getResourceAsStream(
                "/stored/state-" + SnapshotSerializer.REVISION + ".jsonl")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
