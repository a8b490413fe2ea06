package app.users.kafka;

import app.users.events.EventHeaders;
import app.users.events.EventKey;
import app.users.events.MailState;
import app.users.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the state of a mail stands on {@link Topics#MAIL}: JSON under the key of the event that asked for the mail, with the
 * headers of a CloudEvent. Records from before these headers existed are read alike: the state is in the value alone.
 */
public final class MailStateRecord {

    private static final Logger LOG = LoggerFactory.getLogger(MailStateRecord.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MailStateRecord() {}

    public static ProducerRecord<String, byte[]> write(MailState state) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.MAIL, new EventKey(state.user(), state.version()).toString(), JSON.writeValueAsBytes(state));
        new CloudEvent(
                        id(state),
                        MailState.WIRE_NAME,
                        EventHeaders.MAIL_SOURCE,
                        Long.toString(state.user()),
                        state.at())
                .addTo(record);
        return record;
    }

    /** The same state that is sent again is the same event. */
    private static String id(MailState state) {
        String what = state.event() + "/" + state.state() + "/" + state.at();
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Empty for a tombstone, and for a state that cannot be read: it is logged, and the next state follows. */
    public static Optional<MailState> read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(record.value(), MailState.class));
        } catch (JacksonException e) {
            LOG.error(
                    "passed over an unreadable state of the mail {} at {}/{}",
                    record.key(),
                    record.partition(),
                    record.offset());
            return Optional.empty();
        }
    }
}
