package app.users.query.projection;

import app.users.kafka.TopicOffsets;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each partition is folded in; kept beside the views, so that both are there or both are gone. */
final class ViewPositions {

    static final String COLLECTION = "positions";

    private static final Logger LOG = LoggerFactory.getLogger(ViewPositions.class);

    private final MongoCollection<Document> collection;
    private final TopicOffsets offsets;

    ViewPositions(MongoDatabase database, TopicOffsets offsets) {
        this.collection = database.getCollection(COLLECTION);
        this.offsets = offsets;
    }

    /**
     * The offset to read next; zero when nothing is known, or when it was known of an earlier topic of this name. Writes
     * the row that later moves expect, and at zero what must be read until the views are complete.
     */
    long next(TopicPartition partition) {
        long next = stored(partition);
        if (next == 0) {
            until(partition);
        }
        return next;
    }

    private void until(TopicPartition partition) {
        Bson id = Filters.eq("_id", partition.toString());
        try {
            long end = offsets.ends(List.of(partition.topic())).getOrDefault(partition, 0L);
            collection.updateOne(id, Updates.set("until", end));
        } catch (IllegalStateException e) {
            LOG.warn("How far a rebuild is will not be known: {}", e.getMessage());
            // one of an earlier topic may never be reached
            collection.updateOne(id, Updates.unset("until"));
        }
    }

    RebuildProgress rebuild() {
        long events = 0;
        long of = 0;
        for (Document row : collection.find(Filters.exists("until"))) {
            long until = row.getLong("until");
            of += until;
            events += Math.min(until, row.getLong("next"));
        }
        return new RebuildProgress(events, of);
    }

    private long stored(TopicPartition partition) {
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
            return Optional.of(offsets.topicId(topic));
        } catch (IllegalStateException e) {
            LOG.warn("Kafka does not tell which topic {} is: {}", topic, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * False when something else is stored than the caller wrote or read last: the database was dropped or set back under it, or
     * another process reads the partition too. Then what is stored counts.
     */
    boolean move(TopicPartition partition, long from, long next) {
        return collection
                        .updateOne(
                                Filters.and(Filters.eq("_id", partition.toString()), Filters.eq("next", from)),
                                Updates.set("next", next))
                        .getMatchedCount()
                == 1;
    }
}
