package app.users.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import app.users.testservers.TcpProxy;
import app.users.testservers.TestServers;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** A Kafka that accepts connections and answers nothing ends a send before the transaction around it. */
class RecordSenderIT {

    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(5);

    @Test
    void aSendToAKafkaThatHangsEndsInTime() {
        String[] broker = TestServers.kafka().split(":");
        try (TcpProxy proxy = new TcpProxy(broker[0], Integer.parseInt(broker[1]))) {
            proxy.pause();
            Map<String, Object> settings = new HashMap<>(RecordSender.SETTINGS);
            settings.put("bootstrap.servers", "127.0.0.1:" + proxy.port());
            var producers =
                    new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new ByteArraySerializer());
            RecordSender sender = new RecordSender(new KafkaTemplate<>(producers), () -> {});
            List<ProducerRecord<String, byte[]>> records =
                    Collections.nCopies(500, new ProducerRecord<>("hanging", "key", new byte[1]));

            long start = System.nanoTime();
            assertThatIllegalStateException()
                    .isThrownBy(() -> sender.send(records))
                    .withMessageContaining("Kafka did not acknowledge the batch");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST_TRANSACTION);
            producers.reset();
        }
    }

    @Test
    void nothingIsSentBeforeTheTopicsAreChecked() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:" + TestServers.freePort());
        var producers = new DefaultKafkaProducerFactory<>(nowhere, new StringSerializer(), new ByteArraySerializer());
        RecordSender sender = new RecordSender(new KafkaTemplate<>(producers), () -> {
            throw new IllegalStateException("the topics are not checked yet");
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> sender.send(List.of(new ProducerRecord<>("any", "key", new byte[1]))))
                .withMessage("the topics are not checked yet");
    }
}
