package app.users.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks only at the documents that an index leaves over, and in the index's order when that is the wanted one. */
@SuppressWarnings("NullAway") // the emulator is not annotated
final class IndexedCollection extends MemoryCollection {

    private static final String ID = "_id";

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
        Stream<Document> named = named(conditions.get(ID));
        if (named != null) {
            // without the ids: comparing each document with a list of them takes their square
            Document others = conditions.clone();
            others.remove(ID);
            return matchDocumentsFromStream(others, named, skip, limit, batch, deriveComparator(order), projection);
        }
        OrderedIndex index = indexFor(conditions);
        if (index == null) {
            return super.queryDocuments(filter, order, skip, limit, batch, projection);
        }
        Stream<Document> narrowed = index.positions(conditions).map(this::getDocument);
        Comparator<Document> sorting = index.isOrderedBy(order, conditions) ? null : deriveComparator(order);
        return matchDocumentsFromStream(filter, narrowed, skip, limit, batch, sorting, projection);
    }

    /** The documents of one id or of a list of ids; null when the condition names none. */
    private @Nullable Stream<Document> named(@Nullable Object condition) {
        Collection<?> ids =
                condition instanceof Document in && in.size() == 1 && in.get("$in") instanceof Collection<?> list
                        ? list
                        : Collections.singleton(condition);
        Optional<Index<Integer>> index = getIndexes().stream()
                .filter(i -> i.canHandle(new Document(ID, 0)))
                .findFirst();
        if (index.isEmpty() || !ids.stream().allMatch(OrderedIndex::isValue)) {
            return null;
        }
        return ids.stream()
                .map(id -> index.get().getPosition(new Document(ID, id)))
                .filter(Objects::nonNull)
                .distinct()
                .map(this::getDocument);
    }

    /** The one that narrows by most fields. */
    private @Nullable OrderedIndex indexFor(Document conditions) {
        return getIndexes().stream()
                .filter(OrderedIndex.class::isInstance)
                .map(OrderedIndex.class::cast)
                .filter(index -> index.narrows(conditions) > 0)
                .max(Comparator.comparingInt(index -> index.narrows(conditions)))
                .orElse(null);
    }

    /** The driver writes several conditions as one $and. One that names a field twice is left as it is. */
    private static Document conditions(Document filter) {
        if (filter.size() != 1 || !(filter.get("$and") instanceof Collection<?> parts)) {
            return filter;
        }
        Document all = new Document();
        for (Object part : parts) {
            for (var condition : ((Document) part).entrySet()) {
                if (all.put(condition.getKey(), condition.getValue()) != null) {
                    return filter;
                }
            }
        }
        return all;
    }
}
