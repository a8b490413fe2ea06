package app.users.embedded;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The emulator finds through an index exactly what it finds without one, and looks at less. */
class DocumentServerTest {

    private static final DocumentServer SERVER = DocumentServer.start(0);
    private static final MongoClient MONGO = MongoClients.create(SERVER.uri());

    private final MongoCollection<Document> plain = MONGO.getDatabase("test").getCollection("plain");
    private final MongoCollection<Document> indexed = MONGO.getDatabase("test").getCollection("indexed");

    @BeforeEach
    void hundredThings() {
        plain.drop();
        indexed.drop();
        List<Document> things = IntStream.range(0, 100)
                .mapToObj(i -> new Document("_id", (long) (i * 37 % 100))
                        .append("colour", i % 3 == 0 ? "red" : "blue")
                        .append("size", i % 4 == 0 ? null : i % 7)
                        .append("tags", List.of("t" + i % 2, "t" + i % 5)))
                .toList();
        plain.insertMany(things);
        indexed.insertMany(things.subList(0, 50));
        indexed.createIndex(Indexes.ascending("colour", "_id"));
        indexed.createIndex(Indexes.compoundIndex(Indexes.ascending("colour"), Indexes.descending("size")));
        indexed.createIndex(Indexes.ascending("tags"));
        indexed.insertMany(things.subList(50, 100));
    }

    @AfterAll
    static void stop() {
        MONGO.close();
        SERVER.close();
    }

    @Test
    void aPageOfAnEqualRangeLooksAtNoMoreThanItShows() {
        FindIterable<Document> page = indexed.find(and(eq("colour", "red"), gt("_id", 20L)))
                .sort(ascending("colour", "_id"))
                .limit(5);
        assertThat(looked(page))
                .as("the five and the one that the range begins after")
                .isLessThanOrEqualTo(6);
        same(and(eq("colour", "red"), gt("_id", 20L)), ascending("_id"));
    }

    @Test
    void whatIsNotOrderedByTheIndexIsSorted() {
        same(eq("colour", "blue"), ascending("_id"));
        same(eq("colour", "blue"), descending("_id"));
        same(eq("colour", "blue"), descending("size", "_id"));
        same(and(eq("colour", "blue"), gte("_id", 3L), lte("_id", 50L)), descending("_id"));
        same(and(eq("colour", "blue"), eq("size", 2)), ascending("_id"));
        same(and(eq("colour", "blue"), eq("size", null)), ascending("_id"));
        same(gt("colour", "c"), ascending("_id"));
        same(eq("tags", "t1"), ascending("_id"));
        assertThat(looked(indexed.find(eq("colour", "red")))).isEqualTo(34);
    }

    @Test
    void changesMoveWhatTheIndexKnows() {
        for (MongoCollection<Document> collection : List.of(plain, indexed)) {
            collection.updateMany(gte("_id", 50L), Updates.set("colour", "green"));
            collection.deleteMany(and(eq("colour", "green"), gte("_id", 60L)));
            collection.insertOne(new Document("_id", 99L).append("colour", "green"));
            collection.replaceOne(eq("_id", 1L), new Document("colour", "green"));
        }
        same(eq("colour", "green"), ascending("_id"));
        same(eq("colour", "blue"), ascending("_id"));
        assertThat(looked(indexed.find(eq("colour", "green")))).isEqualTo(12);
    }

    private void same(org.bson.conversions.Bson filter, org.bson.conversions.Bson order) {
        List<Document> expected = plain.find(filter).sort(order).into(new ArrayList<>());
        assertThat(expected).isNotEmpty();
        assertThat(indexed.find(filter).sort(order).into(new ArrayList<>())).isEqualTo(expected);
    }

    private static int looked(FindIterable<Document> query) {
        return query.explain(ExplainVerbosity.EXECUTION_STATS)
                .get("executionStats", Document.class)
                .getInteger("totalDocsExamined");
    }
}
