import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.serialization.StringDeserializer;

void main(String... servers) {
    var consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers[0], "group.id", "my-service", "auto.offset.reset", "earliest"),
            new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of("users.events"));
    while (true) {
        for (var event : consumer.poll(Duration.ofSeconds(1))) {
            if (event.key().startsWith("_")) continue; // carries no event
            if (event.value() == null) continue; // erased: forget what you keep of this key
            IO.println("{\"type\":\"%s\",\"subject\":\"%s\",\"sequence\":%s,\"value\":%s}".formatted(
                    header(event, "ce_type"), header(event, "ce_subject"), header(event, "ce_sequence"), event.value()));
        }
    }
}

String header(ConsumerRecord<?, ?> event, String name) {
    return new String(event.headers().lastHeader(name).value());
}
