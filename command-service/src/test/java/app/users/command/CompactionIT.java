package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.events.Topics;
import app.users.testservers.LocalKafka;
import app.users.testservers.TestServers;
import app.users.testservers.Traces;
import app.users.testservers.Traces.Trace;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Erasing is physical: what was erased leaves the files of the log, and what others did stays in them. */
@Import(CompactionIT.OwnBroker.class)
@TestPropertySource(properties = "users.relay.housekeeping=1s")
class CompactionIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String REGISTRATION = """
            {"surname":"Quarksurname","name":"Quarkname","patronymic":"Quarkpatronymic","address":"Quark Street 1",\
            "email":"Quark.One@erased.example","number":"+79031112233","password":"user1user1"}""";
    private static final String CHANGE = """
            {"surname":"Zwiebelsurname","name":"Имярек","patronymic":"Zwiebelpatronymic","address":"Zwiebel Street 2",\
            "email":"zwiebel.two@erased.example","number":"+79034445566"}""";
    private static final List<String> PERSONAL = List.of(
            "Quarksurname",
            "Quarkname",
            "Quarkpatronymic",
            "Quark Street",
            "Quark.One@",
            "79031112233",
            "Zwiebelsurname",
            "Имярек",
            "Zwiebelpatronymic",
            "Zwiebel Street",
            "zwiebel.two@",
            "79034445566");

    @TestConfiguration(proxyBeanMethods = false)
    static class OwnBroker {

        @Bean
        LocalKafka kafka() {
            return TestServers.localKafka();
        }

        @Bean
        KafkaConnectionDetails whereKafkaIs(LocalKafka kafka) {
            return () -> List.of(kafka.bootstrapServers());
        }
    }

    /** What a consumer sees of an event. */
    private record Told(String key, String type, String value) {}

    @Autowired
    private LocalKafka kafka;

    @Test
    void whatWasErasedLeavesTheFilesAndAllElseStays() throws Exception {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            others.add(busy());
        }
        String erased = personOfManyTraces();
        awaitAllEventsOf(erased);
        others.forEach(this::awaitAllEventsOf);
        List<List<Told>> before = others.stream().map(this::of).toList();
        assertThat(kafka.compressions(Topics.EVENTS))
                .as("what is compressed cannot be searched")
                .containsExactly(CompressionType.NONE);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(traces()).extracting(Trace::text).containsAll(PERSONAL));
        assertThat(partitions(others)).containsAll(partitions(List.of(erased)));

        kafka.compactQuickly(Topics.EVENTS);
        assertThat(send("DELETE", "user/", "", erased).statusCode()).isEqualTo(200);

        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(traces()).isEmpty());
        awaitCompactionOfEveryPartition();
        for (int i = 0; i < others.size(); i++) {
            assertThat(of(others.get(i)))
                    .isEqualTo(before.get(i))
                    .hasSize(sequences(others.get(i)).size());
        }
        assertThat(of(erased))
                .filteredOn(told -> !told.value().equals("null"))
                .extracting(Told::type)
                .containsExactly("user.erased.v1");
    }

    /** Ticks share their key: where compaction has been, only the last are left. */
    private void awaitCompactionOfEveryPartition() {
        List<String> ticks = ticks();
        assertThat(ticks).isNotEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ticks()).doesNotContainAnyElementsOf(ticks));
    }

    private List<String> ticks() {
        return records(key -> key.startsWith(Topics.TICK)).stream()
                .map(r -> r.partition() + " at " + r.offset())
                .toList();
    }

    /** @return the access token */
    private String personOfManyTraces() throws Exception {
        assertThat(post("auth/registration/", REGISTRATION, "").statusCode()).isEqualTo(201);
        String access =
                tokens(new Person("quark.one@erased.example", "")).get("access").asString();
        assertThat(post("verify-email/", "", access).statusCode()).isEqualTo(200);
        assertThat(post("verify-number/", "", access).statusCode()).isEqualTo(200);
        HttpResponse<String> changed = send("PATCH", "user/", CHANGE, access);
        assertThat(json.readTree(changed.body()).get("error")).isEmpty();
        return access;
    }

    /** @return the access token */
    private String busy() throws Exception {
        Person person = person();
        String access = register(person);
        send("PATCH", "user/", "{\"surname\":\"Other\",\"executor\":false}", access);
        send("PATCH", "user/", "{\"surname\":\"Another\"}", access);
        post("verify-email/", "", access);
        return access;
    }

    private void awaitAllEventsOf(String access) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of(access)).hasSameSizeAs(sequences(access)));
    }

    private List<Told> of(String access) {
        return recordsOf(access).stream()
                .map(r -> new Told(r.key(), header(r, "ce_type"), String.valueOf(r.value())))
                .toList();
    }

    private Set<Integer> partitions(List<String> accesses) {
        return accesses.stream()
                .flatMap(access -> recordsOf(access).stream())
                .map(ConsumerRecord::partition)
                .collect(Collectors.toSet());
    }

    private List<ConsumerRecord<String, String>> recordsOf(String access) {
        String prefix = claim(access, "sub").asString() + "/";
        return records(key -> key.startsWith(prefix));
    }

    private List<Trace> traces() {
        return Traces.in(kafka.folder(), PERSONAL);
    }

    /** By partition, each in order. */
    private List<ConsumerRecord<String, String>> records(Predicate<String> ofKey) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> {
                    if (ofKey.test(r.key())) {
                        found.add(r);
                    }
                });
            }
        }
        return found;
    }
}
