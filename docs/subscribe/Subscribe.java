import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.serialization.StringDeserializer;

void main(String... servers) {
    var consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers[0], "group.id", "my-service", "auto.offset.reset", "earliest",
                    "enable.auto.commit", "false"), // each start reads from the beginning
            new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of("users.events"));
    var last = new HashMap<String, Long>(); // the last version of each user
    var early = new HashMap<String, TreeMap<Long, String>>(); // events that came before their turn
    while (true) {
        for (var event : consumer.poll(Duration.ofSeconds(1))) {
            if (event.key().startsWith("_")) continue; // carries no event
            if (event.value() == null) continue; // erased: forget what you keep of this key
            var user = header(event, "ce_subject");
            var version = Long.parseLong(header(event, "ce_sequence"));
            if (version <= last.getOrDefault(user, 0L)) continue; // seen before
            var waiting = early.computeIfAbsent(user, u -> new TreeMap<>());
            if (header(event, "ce_type").equals("user.erased.v1")) { // the end, whatever is missing before it
                waiting.clear();
                last.put(user, version - 1);
            }
            waiting.put(version, "{\"type\":\"%s\",\"subject\":\"%s\",\"sequence\":%d,\"value\":%s}".formatted(
                    header(event, "ce_type"), user, version, event.value()));
            while (waiting.containsKey(last.getOrDefault(user, 0L) + 1)) {
                IO.println(waiting.remove(last.merge(user, 1L, Long::sum)));
            }
            if (waiting.isEmpty()) early.remove(user);
        }
    }
}

String header(ConsumerRecord<?, ?> event, String name) {
    return new String(event.headers().lastHeader(name).value());
}
