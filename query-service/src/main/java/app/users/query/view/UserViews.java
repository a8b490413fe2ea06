package app.users.query.view;

import app.users.events.Profile;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.MongoIterable;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The views in MongoDB. A write never replaces a newer view. */
public final class UserViews {

    private static final int DUPLICATE_KEY = 11000;

    /** Whether the user is in the list of executors: one field, so that its index leads to entries of the list alone. */
    private static final String LISTED = "listed";

    private static final String CONFIRMED_EMAIL = "confirmedEmail";

    private final MongoCollection<Document> collection;

    public UserViews(MongoDatabase database) {
        this.collection = database.getCollection("users");
    }

    /** Makes what is missing: the indexes that serve the list of executors, of all and of those with a confirmed email. */
    public void prepare() {
        collection.createIndex(Indexes.ascending(LISTED, "_id"));
        collection.createIndex(Indexes.ascending(LISTED, CONFIRMED_EMAIL, "_id"));
    }

    public void drop() {
        collection.drop();
    }

    public Optional<UserView> find(long id) {
        return Optional.ofNullable(collection.find(Filters.eq("_id", id)).first())
                .map(UserViews::read);
    }

    public Map<Long, UserView> find(Collection<Long> ids) {
        Map<Long, UserView> found = new HashMap<>();
        collection.find(Filters.in("_id", ids)).batchSize(5_000).forEach(d -> found.put(d.getLong("_id"), read(d)));
        return found;
    }

    /** Executors with a greater id, ordered by it; a parked user is none until the views are repaired. */
    public List<UserView> executors(long after, int limit) {
        return executorsAfter(after, limit).map(UserViews::read).into(new ArrayList<>());
    }

    /** Those of the {@link #executors} whose email is confirmed. */
    public List<UserView> confirmedExecutors(long after, int limit) {
        return confirmedExecutorsAfter(after, limit).map(UserViews::read).into(new ArrayList<>());
    }

    /** Everybody, ordered by id. */
    public MongoIterable<UserView> all() {
        return collection.find().sort(Sorts.ascending("_id")).batchSize(1_000).map(UserViews::read);
    }

    /** Who stands still; looks at every view. */
    public List<UserView> parked(int limit) {
        return collection
                .find(Filters.ne("parked", null))
                .limit(limit)
                .map(UserViews::read)
                .into(new ArrayList<>());
    }

    /** The fields in which two views would be stored differently. */
    public static List<String> differences(UserView a, UserView b) {
        Document left = write(a);
        Document right = write(b);
        return left.keySet().stream()
                .filter(field -> !Objects.equals(left.get(field), right.get(field)))
                .toList();
    }

    FindIterable<Document> executorsAfter(long after, int limit) {
        return collection
                .find(Filters.and(Filters.eq(LISTED, true), Filters.gt("_id", after)))
                .sort(Sorts.ascending(LISTED, "_id"))
                .limit(limit)
                .batchSize(limit);
    }

    FindIterable<Document> confirmedExecutorsAfter(long after, int limit) {
        return collection
                .find(Filters.and(
                        Filters.eq(LISTED, true), Filters.eq(CONFIRMED_EMAIL, true), Filters.gt("_id", after)))
                .sort(Sorts.ascending(LISTED, CONFIRMED_EMAIL, "_id"))
                .limit(limit)
                .batchSize(limit);
    }

    /** Skips a view of which a newer one is stored: its other owner was faster. */
    public void save(Collection<UserView> views) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (UserView view : views) {
            writes.add(new ReplaceOneModel<>(
                    Filters.and(Filters.eq("_id", view.id()), Filters.lte("version", view.version())),
                    write(view),
                    new ReplaceOptions().upsert(true)));
        }
        try {
            if (!writes.isEmpty()) {
                collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            }
        } catch (MongoBulkWriteException e) {
            for (BulkWriteError error : e.getWriteErrors()) {
                if (error.getCode() != DUPLICATE_KEY) {
                    throw e;
                }
            }
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

    private static Document write(UserView v) {
        Profile profile = v.profile();
        return new Document("_id", v.id())
                .append("version", v.version())
                .append("shown", v.shown())
                .append("surname", profile.surname())
                .append("name", profile.name())
                .append("patronymic", profile.patronymic())
                .append("address", profile.address())
                .append("email", profile.email())
                .append("number", profile.number())
                .append(CONFIRMED_EMAIL, profile.confirmedEmail())
                .append("confirmedNumber", profile.confirmedNumber())
                .append("executor", profile.executor())
                .append(LISTED, profile.executor() && !v.erased() && v.parked() == null)
                .append("createdAt", Date.from(v.createdAt()))
                .append("updatedAt", Date.from(v.updatedAt()))
                .append("epoch", v.epoch())
                .append("keeps", v.keeps())
                .append("ended", v.ended())
                .append("emailRequest", write(v.emailRequest()))
                .append("numberRequest", write(v.numberRequest()))
                .append("erased", v.erased())
                .append("parked", write(v.parked()));
    }

    private static UserView read(Document d) {
        return new UserView(
                d.getLong("_id"),
                d.getLong("version"),
                d.getLong("shown"),
                new Profile(
                        d.getString("surname"),
                        d.getString("name"),
                        d.getString("patronymic"),
                        d.getString("address"),
                        d.getString("email"),
                        d.getString("number"),
                        d.getBoolean(CONFIRMED_EMAIL),
                        d.getBoolean("confirmedNumber"),
                        d.getBoolean("executor")),
                instant(d, "createdAt"),
                instant(d, "updatedAt"),
                d.getLong("epoch"),
                d.getString("keeps"),
                d.getList("ended", String.class, List.of()),
                request(d.get("emailRequest", Document.class)),
                request(d.get("numberRequest", Document.class)),
                d.getBoolean("erased"),
                parked(d.get("parked", Document.class)));
    }

    private static @Nullable Document write(@Nullable LastRequest r) {
        return r == null
                ? null
                : new Document("version", r.version())
                        .append("at", Date.from(r.at()))
                        .append("expires", Date.from(r.expires()))
                        .append("next", Date.from(r.next()));
    }

    private static @Nullable Document write(@Nullable Parked p) {
        return p == null
                ? null
                : new Document("version", p.version())
                        .append("partition", p.partition())
                        .append("offset", p.offset())
                        .append("why", p.why());
    }

    private static @Nullable Parked parked(@Nullable Document d) {
        return d == null
                ? null
                : new Parked(d.getLong("version"), d.getInteger("partition"), d.getLong("offset"), d.getString("why"));
    }

    private static @Nullable LastRequest request(@Nullable Document d) {
        return d == null
                ? null
                : new LastRequest(d.getLong("version"), instant(d, "at"), instant(d, "expires"), instant(d, "next"));
    }

    private static Instant instant(Document d, String field) {
        return d.getDate(field).toInstant();
    }
}
