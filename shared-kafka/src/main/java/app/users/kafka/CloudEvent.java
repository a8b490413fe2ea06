package app.users.kafka;

import app.users.events.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What every record with an event says about itself in its headers: CloudEvents 1.0, binary mode.
 *
 * @param source the service that the event comes from: {@link EventHeaders#SOURCE_VALUE} or {@link EventHeaders#MAIL_SOURCE}
 */
public record CloudEvent(String id, String type, String source, String subject, Instant time) {

    public void addTo(ProducerRecord<String, byte[]> record) {
        header(record, EventHeaders.SPEC_VERSION, "1.0");
        header(record, EventHeaders.ID, id);
        header(record, EventHeaders.TYPE, type);
        header(record, EventHeaders.SOURCE, source);
        header(record, EventHeaders.SUBJECT, subject);
        header(record, EventHeaders.TIME, time.toString());
        header(record, EventHeaders.CONTENT_TYPE, "application/json");
    }

    public static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
