package app.users.events;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventTypeTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void everyEventHasItsOwnVersionedWireName() {
        assertThat(EventType.all())
                .hasSize((int) Arrays.stream(UserEvent.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .count())
                .extracting(EventType::wireName)
                .doesNotHaveDuplicates()
                .allMatch(n -> n.matches("user\\.[a-z-]+\\.v[0-9]+"));
    }

    @Test
    void namesItsPersonalFields() {
        assertThat(EventType.named("user.registered.v1").orElseThrow().personalFields())
                .containsExactly("surname", "name", "patronymic", "address", "email", "number");
        assertThat(EventType.of(new UserErased(1)).personalFields()).isEmpty();
    }

    @Test
    void anUnknownNameIsNothing() {
        assertThat(EventType.named("user.cloned.v1")).isEmpty();
    }

    @Test
    void anOldNameIsTodaysEventUnderItsOwnName() {
        EventType old = EventType.named("user.session-ended.v1").orElseThrow();
        assertThat(old.wireName()).isEqualTo("user.session-ended.v1");
        assertThat(old.read("{\"user\":7,\"session\":\"s\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new SessionEnded(7, "s", Reason.UNKNOWN));
        assertThat(EventType.all()).doesNotContain(old);
    }

    @Test
    void registeredKeepsItsGoldenShape() {
        var event = new UserRegistered(7, "S", "N", "P", "A", "e@x.io", "+79967348137", true);
        String golden = """
                {"user":7,"surname":"S","name":"N","patronymic":"P","address":"A","email":"e@x.io","number":"+79967348137","executor":true}""";
        assertThat(json.readTree(json.writeValueAsString(event))).isEqualTo(json.readTree(golden));
        assertThat(json.readValue(golden, UserRegistered.class)).isEqualTo(event);
    }

    @Test
    void derivedFactsAreNotOnTheWire() {
        assertThat(json.writeValueAsString(new EmailChanged(7, "a@x.io", "A@x.io", true)))
                .isEqualTo("{\"user\":7,\"from\":\"a@x.io\",\"to\":\"A@x.io\",\"respelled\":true}");
    }

    @Test
    void anEarlierChangeOfCaseIsOfSpellingOnly() {
        assertThat(new EmailChanged(7, "a@x.io", "A@x.io", null).onlySpelling()).isTrue();
        assertThat(new EmailChanged(7, "a@x.io", "b@x.io", null).onlySpelling()).isFalse();
    }

    /** Java compares both without case, yet they are domains of different owners. */
    @Test
    void laterChangesSayWhetherBothAreOneAddress() {
        assertThat(new EmailChanged(7, "a@ı.example", "a@i.example", false).onlySpelling())
                .isFalse();
        assertThat(new EmailChanged(7, "a@рф.example", "a@xn--p1ai.example", true).onlySpelling())
                .isTrue();
    }

    @Test
    void instantsAreIsoText() {
        Instant expires = Instant.parse("2026-01-02T03:04:05Z");
        var event = new EmailConfirmationRequested(7, "r", "e@x.io", "N", "ru", expires, expires.minusSeconds(540));
        assertThat(json.writeValueAsString(event))
                .contains("\"expires\":\"2026-01-02T03:04:05Z\"")
                .contains("\"next\":\"2026-01-02T02:55:05Z\"");
    }

    @Test
    void aMailsStateIsToldInLowerCase() {
        var state = new MailState(7, 2, "id", MailState.Kind.EMAIL, MailState.State.SENT, Instant.EPOCH, null);
        assertThat(json.writeValueAsString(state))
                .isEqualTo("{\"user\":7,\"version\":2,\"event\":\"id\",\"kind\":\"email\",\"state\":\"sent\","
                        + "\"at\":\"1970-01-01T00:00:00Z\"}");
    }
}
