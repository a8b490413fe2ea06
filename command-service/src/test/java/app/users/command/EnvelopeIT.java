package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the description of the topics promises about headers, timestamps and partitions of records. */
class EnvelopeIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    private final String description = description();

    @Test
    void theSortableSequenceSortsAsText() throws Exception {
        String access = register(person());
        String user = claim(access, "sub").asString();
        for (int i = 0; i < 10; i++) {
            change(access, "S" + i);
        }
        List<ConsumerRecord<String, String>> records = awaitRecords(user, 11);
        assertThat(records)
                .extracting(r -> header(r, "ce_sequence"))
                .startsWith("1", "2")
                .endsWith("10", "11");
        assertThat(records)
                .extracting(r -> header(r, "ce_sortablesequence"))
                .isSorted()
                .startsWith("0000000000000000001")
                .endsWith("0000000000000000011");
    }

    @Test
    void theTimestampOfAnEventIsThatOfTheAppend() throws Exception {
        says(
                "The timestamp of a record on `users.events` and `users.mail` is when the broker appended it, so a record that is"
                        + " sent again has a later timestamp.");
        String access = register(person());
        String user = claim(access, "sub").asString();
        ConsumerRecord<String, String> first = awaitRecords(user, 1).getFirst();
        Instant later = Instant.ofEpochMilli(first.timestamp()).plusMillis(50);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(later));
        assertThat(operate("replay", "{\"user\":\"" + user + "\"}").statusCode())
                .isEqualTo(200);
        ConsumerRecord<String, String> again = awaitRecords(user, 2).getLast();
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(again.timestamp()).isGreaterThan(first.timestamp());
        assertThat(header(again, "ce_time")).isEqualTo(header(first, "ce_time"));
    }

    @Test
    void theTimestampOnUsersSecurityIsTheTimeOfTheEvent() throws Exception {
        says("On `users.security` the timestamp of a record is `ce_time` in milliseconds, also when it is sent again.");
        String user = claim(register(person()), "sub").asString();
        await().atMost(PATIENCE).until(() -> !security(user).isEmpty());
        assertThat(security(user))
                .allSatisfy(r -> assertThat(r.timestamp())
                        .isEqualTo(Instant.parse(header(r, "ce_time")).toEpochMilli()));
    }

    @Test
    void thePartitionIsThatOfTheUserIdAsKey() throws Exception {
        says("This is what Kafka's default partitioner does with a record whose key is the user id.");
        says("`users.security` does the same with the whole key");
        for (int i = 0; i < 5; i++) {
            String access = register(person());
            String user = claim(access, "sub").asString();
            change(access, "Other");
            int partition = BuiltInPartitioner.partitionForKey(user.getBytes(StandardCharsets.UTF_8), PARTITIONS);
            assertThat(awaitRecords(user, 2)).allMatch(r -> r.partition() == partition);
            await().atMost(PATIENCE).until(() -> !security(user).isEmpty());
            assertThat(security(user)).allMatch(r -> r.partition() == partition);
        }
    }

    private void says(String sentence) {
        assertThat(description).contains(sentence);
    }

    private static String description() {
        try (InputStream text = Objects.requireNonNull(EnvelopeIT.class.getResourceAsStream("/events/asyncapi.json"))) {
            return JsonMapper.shared()
                    .readTree(text)
                    .at("/info/description")
                    .asString("")
                    .replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(String access, String surname) throws Exception {
        assertThat(send("PATCH", "user/", "{\"surname\":\"" + surname + "\"}", access)
                        .statusCode())
                .isEqualTo(200);
    }

    private List<ConsumerRecord<String, String>> awaitRecords(String user, int count) {
        return await().atMost(PATIENCE).until(() -> records(user), found -> found.size() >= count);
    }

    private List<ConsumerRecord<String, String>> security(String user) {
        return allRecords(Topics.SECURITY).stream()
                .filter(r -> r.key().equals(user))
                .toList();
    }
}
