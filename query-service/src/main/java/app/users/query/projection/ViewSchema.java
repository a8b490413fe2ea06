package app.users.query.projection;

import app.users.query.view.LastMails;
import app.users.query.view.UserViews;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The number of the shape in which views are stored, beside their positions. */
final class ViewSchema {

    /** Views of an earlier schema are built anew: raise it when what is stored changes. */
    private static final int SCHEMA = 2;

    /** Of documents from before it was stored. */
    private static final int UNWRITTEN = 1;

    private static final String ID = "schema";
    private static final Logger LOG = LoggerFactory.getLogger(ViewSchema.class);

    private final MongoDatabase database;
    private final MongoCollection<Document> positions;

    ViewSchema(MongoDatabase database) {
        this.database = database;
        this.positions = database.getCollection(ViewPositions.COLLECTION);
    }

    /**
     * Drops views of an earlier schema, so that they are built anew.
     *
     * @throws IllegalStateException when they are of a later one, which this process would spoil
     */
    synchronized void check() {
        // in this order: another process writes the schema before any position
        boolean isNew = positions.find().first() == null;
        Document row = positions.find(Filters.eq("_id", ID)).first();
        int stored = row != null ? row.getInteger("version") : isNew ? SCHEMA : UNWRITTEN;
        if (stored > SCHEMA) {
            throw new IllegalStateException(
                    "the views in %s are of schema %d, this process knows %d: update it, or set users.query.database to another name"
                            .formatted(database.getName(), stored, SCHEMA));
        }
        if (stored < SCHEMA) {
            LOG.warn("The views in {} are of schema {}; they are built anew.", database.getName(), stored);
            drop();
        }
        positions.replaceOne(
                Filters.eq("_id", ID),
                new Document("_id", ID).append("version", SCHEMA),
                new ReplaceOptions().upsert(true));
    }

    /** The positions last: an interrupted drop is begun again. */
    void drop() {
        new UserViews(database).drop();
        new LastMails(database).drop();
        positions.drop();
    }
}
