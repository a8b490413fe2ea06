package app.users.query.projection;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** How far each partition is folded in; kept beside the views, so that both are there or both are gone. */
final class Positions {

    private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

    private final MongoCollection<Document> collection;
    private final KafkaAdmin kafka;

    Positions(MongoDatabase database, KafkaAdmin kafka) {
        this.collection = database.getCollection("positions");
        this.kafka = kafka;
    }

    /**
     * The offset to read next; zero when nothing is known, or when it was known of an earlier topic of this name. Writes
     * the row that later moves expect.
     */
    long next(TopicPartition partition) {
        Bson id = Filters.eq("_id", partition.toString());
        collection.updateOne(id, Updates.setOnInsert("next", 0L), new UpdateOptions().upsert(true));
        Document row = collection.find(id).first();
        if (row == null) {
            return 0;
        }
        String topic = topicId(partition.topic()).orElse(row.getString("topic"));
        if (topic == null || topic.equals(row.getString("topic"))) {
            return row.getLong("next");
        }
        boolean replaced = row.getString("topic") != null;
        long next = replaced ? 0 : row.getLong("next");
        if (replaced) {
            LOG.warn("{} is another topic than before; it is read from its beginning", partition.topic());
        }
        collection.updateOne(id, Updates.combine(Updates.set("topic", topic), Updates.set("next", next)));
        return next;
    }

    /** Nothing when Kafka does not tell; then the topic is taken for the same. */
    private Optional<String> topicId(String topic) {
        try {
            return Optional.ofNullable(kafka.describeTopics(topic).get(topic))
                    .map(found -> found.topicId().toString());
        } catch (KafkaException | org.springframework.kafka.KafkaException e) {
            LOG.warn("Kafka does not tell which topic {} is: {}", topic, e.getMessage());
            return Optional.empty();
        }
    }

    /** False when the row is gone: the database was dropped under us, and everything has to be read again. */
    boolean move(TopicPartition partition, long next) {
        return collection
                        .updateOne(Filters.eq("_id", partition.toString()), Updates.max("next", next))
                        .getMatchedCount()
                == 1;
    }
}
