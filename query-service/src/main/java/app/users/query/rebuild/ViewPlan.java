package app.users.query.rebuild;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Which sets of views there are and which one serves: one document in MongoDB that every process follows. */
final class ViewPlan {

    private static final Bson ROW = Filters.eq("_id", "views");

    /**
     * @param databases in which views are kept up to date
     * @param serving the one of them that reads are answered from
     * @param dropped when views that are no longer wanted were dropped, by database
     */
    record Wanted(Set<String> databases, String serving, Map<String, Instant> dropped) {}

    private final String first;
    private final MongoCollection<Document> plan;

    /** @param first the database of the views until others take their place; it also holds the plan */
    ViewPlan(MongoDatabase first) {
        this.first = first.getName();
        this.plan = first.getCollection("plan");
    }

    /** Writes the plan of a new installation first. Empty when another process drops the database meanwhile. */
    Optional<Wanted> read() {
        plan.updateOne(
                ROW,
                Updates.combine(
                        Updates.setOnInsert("serving", first), Updates.setOnInsert("databases", List.of(first))),
                new UpdateOptions().upsert(true));
        return Optional.ofNullable(plan.find(ROW).first()).map(ViewPlan::wanted);
    }

    private static Wanted wanted(Document row) {
        Map<String, Instant> dropped = new HashMap<>();
        row.get("dropped", new Document()).forEach((database, at) -> dropped.put(database, ((Date) at).toInstant()));
        return new Wanted(Set.copyOf(row.getList("databases", String.class)), row.getString("serving"), dropped);
    }

    void add(String database) {
        plan.updateOne(
                ROW,
                Updates.combine(Updates.addToSet("databases", database), Updates.unset("dropped." + database)),
                new UpdateOptions().upsert(true));
    }

    void serve(String database) {
        plan.updateOne(ROW, Updates.set("serving", database));
    }

    void remove(String database, Instant at) {
        plan.updateOne(
                ROW,
                Updates.combine(
                        Updates.pull("databases", database), Updates.set("dropped." + database, Date.from(at))));
    }

    /** No process writes to it any more. */
    void forget(String database) {
        plan.updateOne(ROW, Updates.unset("dropped." + database));
    }
}
