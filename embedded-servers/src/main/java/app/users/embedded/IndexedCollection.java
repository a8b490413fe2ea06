package app.users.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Looks only at the documents that an index leaves over, and in the index's order when that is the wanted one. */
@SuppressWarnings("NullAway") // the emulator is not annotated
final class IndexedCollection extends MemoryCollection {

    private final Runnable looking;

    /** @param looking is told of each document that is compared with a filter */
    IndexedCollection(
            MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors, Runnable looking) {
        super(database, name, options, cursors);
        this.looking = looking;
    }

    @Override
    protected boolean documentMatchesQuery(Document document, Document query) {
        looking.run();
        return super.documentMatchesQuery(document, query);
    }

    @Override
    protected QueryResult queryDocuments(
            Document filter, @Nullable Document order, int skip, int limit, int batch, @Nullable Document projection) {
        Document conditions = conditions(filter);
        Stream<Document> listed = listed(conditions);
        if (listed != null) {
            return matchDocumentsFromStream(
                    new Document(), listed, skip, limit, batch, deriveComparator(order), projection);
        }
        if (conditions.size() > 1) {
            for (var condition : conditions.entrySet()) {
                Index<Integer> index = indexFor(condition.getKey(), condition.getValue());
                if (index != null) {
                    Document key = new Document(condition.getKey(), condition.getValue());
                    return matchDocuments(filter, index.getPositions(key), order, skip, limit, batch, projection);
                }
            }
        }
        OrderedIndex ordered = orderedFor(conditions);
        if (ordered == null) {
            return super.queryDocuments(filter, order, skip, limit, batch, projection);
        }
        Stream<Document> narrowed = ordered.positions(conditions).map(this::getDocument);
        Comparator<Document> sorting = ordered.isOrderedBy(order, conditions) ? null : deriveComparator(order);
        return matchDocumentsFromStream(filter, narrowed, skip, limit, batch, sorting, projection);
    }

    /** Of a list of ids each is found by itself: comparing each document with all of them takes their square. */
    private @Nullable Stream<Document> listed(Document conditions) {
        if (conditions.size() != 1
                || !(conditions.get("_id") instanceof Document condition)
                || condition.size() != 1
                || !(condition.get("$in") instanceof Collection<?> ids)
                || !ids.stream().allMatch(OrderedIndex::isValue)) {
            return null;
        }
        return ids.stream().distinct().flatMap(id -> {
            Index<Integer> index = indexFor("_id", id);
            return index == null
                    ? Stream.empty()
                    : StreamSupport.stream(
                                    index.getPositions(new Document("_id", id)).spliterator(), false)
                            .map(this::getDocument);
        });
    }

    private @Nullable Index<Integer> indexFor(String field, @Nullable Object value) {
        if (!OrderedIndex.isValue(value)) {
            return null;
        }
        Document key = new Document(field, value);
        return getIndexes().stream().filter(i -> i.canHandle(key)).findFirst().orElse(null);
    }

    /** The one that narrows by most fields. */
    private @Nullable OrderedIndex orderedFor(Document conditions) {
        return getIndexes().stream()
                .filter(OrderedIndex.class::isInstance)
                .map(OrderedIndex.class::cast)
                .filter(index -> index.narrows(conditions) > 0)
                .max(Comparator.comparingInt(index -> index.narrows(conditions)))
                .orElse(null);
    }

    /** The driver writes several conditions as one $and, which may name a field twice: then one of them narrows. */
    private static Document conditions(Document filter) {
        if (filter.size() != 1 || !(filter.get("$and") instanceof Collection<?> parts)) {
            return filter;
        }
        Document all = new Document();
        for (Object part : parts) {
            ((Document) part).forEach(all::putIfAbsent);
        }
        return all;
    }
}
