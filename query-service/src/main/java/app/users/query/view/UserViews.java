package app.users.query.view;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.MongoIterable;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;

/** The views in MongoDB. A write never replaces a newer view. */
public final class UserViews {

    private final MongoCollection<Document> collection;

    public UserViews(MongoDatabase database) {
        this.collection = database.getCollection("users");
    }

    /**
     * Makes what is missing: the indexes that serve the list of executors, of all and of those with a confirmed email, and the list of
     * parked users.
     */
    public void prepare() {
        collection.createIndex(Indexes.ascending(ViewDocument.LISTED, "_id"));
        collection.createIndex(Indexes.ascending(ViewDocument.LISTED, ViewDocument.CONFIRMED_EMAIL, "_id"));
        collection.createIndex(Indexes.ascending(ViewDocument.BEHIND, "_id"));
    }

    public void drop() {
        collection.drop();
    }

    public Optional<UserView> find(long id) {
        return Optional.ofNullable(collection.find(Filters.eq("_id", id)).first())
                .map(ViewDocument::read);
    }

    public Map<Long, UserView> find(Collection<Long> ids) {
        Map<Long, UserView> found = new HashMap<>();
        collection
                .find(Filters.in("_id", ids))
                .batchSize(5_000)
                .forEach(d -> found.put(d.getLong("_id"), ViewDocument.read(d)));
        return found;
    }

    /** Executors with a greater id, ordered by it; a parked user is none until the views are repaired. */
    public List<UserView> executors(long after, int limit) {
        return executorsAfter(after, limit).map(ViewDocument::read).into(new ArrayList<>());
    }

    /** Those of the {@link #executors} whose email is confirmed. */
    public List<UserView> confirmedExecutors(long after, int limit) {
        return confirmedExecutorsAfter(after, limit).map(ViewDocument::read).into(new ArrayList<>());
    }

    /** Everybody, ordered by id. */
    public MongoIterable<UserView> all() {
        return collection.find().sort(Sorts.ascending("_id")).batchSize(1_000).map(ViewDocument::read);
    }

    /** Whose view is behind, ordered by id. */
    public List<UserView> parked(int limit) {
        return collection
                .find(Filters.eq(ViewDocument.BEHIND, true))
                .sort(Sorts.ascending(ViewDocument.BEHIND, "_id"))
                .limit(limit)
                .map(ViewDocument::read)
                .into(new ArrayList<>());
    }

    /** How many views are behind; 1000 when there are more. */
    public long parked() {
        return collection.countDocuments(Filters.eq(ViewDocument.BEHIND, true), new CountOptions().limit(1_000));
    }

    /** The fields in which two views would be stored differently. */
    public static List<String> differences(UserView a, UserView b) {
        Document left = ViewDocument.of(a);
        Document right = ViewDocument.of(b);
        return left.keySet().stream()
                .filter(field -> !Objects.equals(left.get(field), right.get(field)))
                .toList();
    }

    FindIterable<Document> executorsAfter(long after, int limit) {
        return collection
                .find(Filters.and(Filters.eq(ViewDocument.LISTED, true), Filters.gt("_id", after)))
                .sort(Sorts.ascending(ViewDocument.LISTED, "_id"))
                .limit(limit)
                .batchSize(limit);
    }

    FindIterable<Document> confirmedExecutorsAfter(long after, int limit) {
        return collection
                .find(Filters.and(
                        Filters.eq(ViewDocument.LISTED, true),
                        Filters.eq(ViewDocument.CONFIRMED_EMAIL, true),
                        Filters.gt("_id", after)))
                .sort(Sorts.ascending(ViewDocument.LISTED, ViewDocument.CONFIRMED_EMAIL, "_id"))
                .limit(limit)
                .batchSize(limit);
    }

    /** Skips a view of which a newer one is stored: its other owner was faster. */
    public void save(Collection<UserView> views) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (UserView view : views) {
            writes.add(new ReplaceOneModel<>(
                    Filters.and(Filters.eq("_id", view.id()), Filters.lte("version", view.version())),
                    ViewDocument.of(view),
                    new ReplaceOptions().upsert(true)));
        }
        try {
            if (!writes.isEmpty()) {
                collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            }
        } catch (MongoBulkWriteException e) {
            BulkFailure.throwUnlessDuplicates(e);
            checkNoneIsOlder(views, e);
        }
    }

    private void checkNoneIsOlder(Collection<UserView> views, MongoBulkWriteException e) {
        Map<Long, UserView> stored = find(views.stream().map(UserView::id).toList());
        for (UserView view : views) {
            UserView found = stored.get(view.id());
            if (found == null || found.version() < view.version()) {
                throw e;
            }
        }
    }
}
