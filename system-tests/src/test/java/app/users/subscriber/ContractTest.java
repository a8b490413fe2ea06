package app.users.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is published tells a good record from a bad one. */
class ContractTest {

    private static final String VALUE = "{\"user\":7,\"from\":true,\"to\":false,\"new\":1}";
    private static final Map<String, String> HEADERS = Map.of(
            "ce_specversion", "1.0",
            "ce_id", "1f0c8a52-9f6e-4d0e-9d53-0c1c7f1d7c11",
            "ce_type", "user.executor-changed.v1",
            "ce_source", "/users/command",
            "ce_subject", "7",
            "ce_time", "2026-11-24T12:45:21.816Z",
            "ce_sequence", "3",
            "content-type", "application/json");

    private final Contract contract = new Contract(ContractTest::published);

    @Test
    void readsWhatKeepsTheContract() {
        assertThat(contract.topic()).isEqualTo("users.events");
        assertThat(contract.event(record("7/3", HEADERS, VALUE))).hasValueSatisfying(event -> {
            assertThat(event.type()).isEqualTo("user.executor-changed.v1");
            assertThat(event.user()).isEqualTo(7);
            assertThat(event.sequence()).isEqualTo(3);
            assertThat(event.value().required("to").booleanValue()).isFalse();
        });
    }

    @Test
    void takesTombstonesAndRecordsWithoutEventForNothing() {
        assertThat(contract.event(record("7/3", Map.of(), null))).isEmpty();
        assertThat(contract.event(record("_tick/0", Map.of(), ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ce_type, user.unknown.v1",
        "ce_type, user.profile-changed.v2",
        "ce_sequence, 0",
        "ce_sequence,",
        "ce_subject,",
        "ce_time, today",
        "ce_channel, mail",
        "content-type, text/plain"
    })
    void refusesOtherHeaders(String name, @Nullable String value) {
        Map<String, String> headers = new TreeMap<>(HEADERS);
        headers.remove(name);
        if (value != null) {
            headers.put(name, value);
        }
        ConsumerRecord<String, @Nullable String> record = record("7/3", headers, VALUE);
        assertThatThrownBy(() -> contract.event(record)).isInstanceOf(ContractBroken.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7   | {'user':7,'from':true,'to':false}",
                "7/0 | {'user':7,'from':true,'to':false}",
                "7/3 | {'user':7,'from':true}",
                "7/3 | {'user':7,'from':true,'to':'false'}",
                "7/3 | {'user':'7','from':true,'to':false}",
                "7/3 | []"
            })
    void refusesOtherKeysAndValues(String key, String value) {
        ConsumerRecord<String, @Nullable String> record = record(key, HEADERS, value.replace('\'', '"'));
        assertThatThrownBy(() -> contract.event(record)).isInstanceOf(ContractBroken.class);
    }

    private static ConsumerRecord<String, @Nullable String> record(
            String key, Map<String, String> headers, @Nullable String value) {
        ConsumerRecord<String, @Nullable String> record = new ConsumerRecord<>("users.events", 0, 0, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** The files that the system serves. */
    private static String published(String path) {
        String file = path.equals("asyncapi") ? "/events/asyncapi.json" : "/" + path + ".json";
        try (InputStream text = Objects.requireNonNull(ContractTest.class.getResourceAsStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
