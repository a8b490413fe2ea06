package app.users.notification.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;

/** How far each partition is in the ledger; kept beside it, so that both are there or both are gone. */
public final class LedgerPositions {

    private final MongoCollection<Document> collection;

    LedgerPositions(MongoDatabase database) {
        this.collection = database.getCollection("positions");
    }

    /** The offset to read next; nothing when none is known, or one of another topic or behind the end of this one. */
    public OptionalLong next(TopicPartition partition, String topicId, long end) {
        Document row = collection
                .find(Filters.and(Filters.eq("_id", partition.toString()), Filters.eq("topic", topicId)))
                .first();
        long next = row == null ? Long.MAX_VALUE : row.getLong("next");
        return next > end ? OptionalLong.empty() : OptionalLong.of(next);
    }

    public void start(TopicPartition partition, String topicId, long next) {
        collection.updateOne(
                Filters.eq("_id", partition.toString()),
                Updates.combine(Updates.set("topic", topicId), Updates.set("next", next)),
                new UpdateOptions().upsert(true));
    }

    /** False when the row is gone: the database was dropped under us, or belongs to another topic by now. */
    public boolean move(TopicPartition partition, String topicId, long next) {
        return collection
                        .updateOne(
                                Filters.and(Filters.eq("_id", partition.toString()), Filters.eq("topic", topicId)),
                                Updates.max("next", next))
                        .getMatchedCount()
                == 1;
    }
}
