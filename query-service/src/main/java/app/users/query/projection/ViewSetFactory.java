package app.users.query.projection;

import app.users.events.Topics;
import app.users.kafka.BatchListeners;
import app.users.kafka.ReaderProgress;
import app.users.kafka.TopicOffsets;
import app.users.query.view.Arrivals;
import app.users.query.view.LastMails;
import app.users.query.view.UserViews;
import app.users.query.view.Views;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Makes the views of one database together with what keeps them up to date. */
public final class ViewSetFactory {

    private final MongoClient mongo;
    private final TopicOffsets offsets;
    private final Recheck recheck;
    private final Map<String, Object> consumerSettings;
    private final ProjectionProperties properties;

    /** @param consumerSettings where Kafka is and how to come in */
    ViewSetFactory(
            MongoClient mongo,
            TopicOffsets offsets,
            MeterRegistry meters,
            Map<String, Object> consumerSettings,
            ProjectionProperties properties) {
        this.mongo = mongo;
        this.offsets = offsets;
        this.recheck = new Recheck(meters);
        this.consumerSettings = Map.copyOf(consumerSettings);
        this.properties = properties;
    }

    public ViewSet make(String name) {
        MongoDatabase database = mongo.getDatabase(name);
        Views views = new Views(new UserViews(database), new LastMails(database), new Arrivals());
        ViewSchema schema = new ViewSchema(database);
        ViewPositions positions = new ViewPositions(database, offsets);
        ReaderProgress progress = new ReaderProgress(offsets);
        // two sets in one group would each get only a part of the partitions
        String group = properties.group() + "." + name;
        ConsumerFactory<String, byte[]> consumers = consumers(group);
        ParkedRetries retries = new ParkedRetries(views, progress, consumers);
        Projection projection = new Projection(views, recheck, retries, schema, positions, progress);
        // in a group of its own, so that a rebalance of one topic does not pause the other
        MailProjection mails = new MailProjection(views, schema, positions, progress);
        return new ViewSet(
                name,
                views,
                positions,
                progress,
                retries,
                List.of(
                        reader(consumers, Topics.EVENTS, properties.concurrency(), projection),
                        reader(consumers(group + ".mails"), Topics.MAIL, 1, mails)));
    }

    public void drop(String name) {
        new ViewSchema(mongo.getDatabase(name)).drop();
    }

    /** The views in a database, whichever process builds them. */
    public UserViews users(String name) {
        return new UserViews(mongo.getDatabase(name));
    }

    private ConsumerFactory<String, byte[]> consumers(String group) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static ConcurrentMessageListenerContainer<String, byte[]> reader(
            ConsumerFactory<String, byte[]> consumers, String topic, int concurrency, ResumingListener listener) {
        var factory = BatchListeners.factory(consumers);
        factory.setConcurrency(concurrency);
        var reader = factory.createContainer(topic);
        reader.setBeanName("query-" + topic);
        reader.setupMessageListener(listener);
        return reader;
    }
}
