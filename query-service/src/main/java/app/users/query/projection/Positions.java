package app.users.query.projection;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;

/** How far each partition is folded in; kept beside the views, so that both are there or both are gone. */
final class Positions {

    private final MongoCollection<Document> collection;

    Positions(MongoDatabase database) {
        this.collection = database.getCollection("positions");
    }

    /** The offset to read next; zero when nothing is known. Writes the row that later moves expect. */
    long next(TopicPartition partition) {
        collection.updateOne(
                Filters.eq("_id", partition.toString()),
                Updates.setOnInsert("next", 0L),
                new UpdateOptions().upsert(true));
        Document row = collection.find(Filters.eq("_id", partition.toString())).first();
        return row == null ? 0 : row.getLong("next");
    }

    /** False when the row is gone: the database was dropped under us, and everything has to be read again. */
    boolean move(TopicPartition partition, long next) {
        return collection
                        .updateOne(Filters.eq("_id", partition.toString()), Updates.max("next", next))
                        .getMatchedCount()
                == 1;
    }

    void dropAll() {
        collection.deleteMany(new Document());
    }
}
