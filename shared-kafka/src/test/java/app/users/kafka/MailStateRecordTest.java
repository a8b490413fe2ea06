package app.users.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.EventHeaders;
import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class MailStateRecordTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.006Z");

    @Test
    void isACloudEventOfTheNotificationService() {
        Map<String, String> headers = headers(MailStateRecord.write(state(State.SENT, AT)));
        assertThat(UUID.fromString(headers.remove(EventHeaders.ID))).isNotNull();
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "user.mail-state.v1",
                        "ce_source", "/users/notification",
                        "ce_subject", "7",
                        "ce_time", "2026-01-02T03:04:05.006Z",
                        "content-type", "application/json"));
    }

    @Test
    void aRepeatHasTheSameIdAndEachOtherStateAnother() {
        String sent = id(state(State.SENT, AT));
        assertThat(id(state(State.SENT, AT))).isEqualTo(sent);
        assertThat(id(state(State.DEFERRED, AT))).isNotEqualTo(sent);
        assertThat(id(state(State.SENT, AT.plusMillis(1)))).isNotEqualTo(sent);
    }

    @Test
    void readsARecordFromBeforeTheHeadersAlike() {
        MailState state = state(State.SENT, AT);
        ProducerRecord<String, byte[]> written = MailStateRecord.write(state);
        assertThat(MailStateRecord.read(new ConsumerRecord<>(Topics.MAIL, 0, 0, written.key(), written.value())))
                .contains(state);
    }

    private static MailState state(State state, Instant at) {
        return new MailState(7, 2, "1f0c8a52-9f6e-4d0e-9d53-0c1c7f1d7c11", Kind.EMAIL, state, at, null);
    }

    private static String id(MailState state) {
        return headers(MailStateRecord.write(state)).getOrDefault(EventHeaders.ID, "");
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
