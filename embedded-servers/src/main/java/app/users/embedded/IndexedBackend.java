package app.users.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The emulator reads a whole collection when a filter names more fields than an index. This one first narrows by any
 * single field that has an index, which makes guarded writes by {@code _id} as quick as on the real server.
 */
@SuppressWarnings("NullAway") // the emulator is not annotated
final class IndexedBackend extends MemoryBackend {

    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
        return new MemoryDatabase(name, getCursorRegistry()) {
            @Override
            protected MemoryCollection openOrCreateCollection(String collection, CollectionOptions options) {
                return new IndexedCollection(this, collection, options, cursorRegistry);
            }
        };
    }

    private static final class IndexedCollection extends MemoryCollection {

        IndexedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
            super(database, name, options, cursors);
        }

        @Override
        protected QueryResult queryDocuments(
                Document filter,
                @Nullable Document order,
                int skip,
                int limit,
                int batch,
                @Nullable Document projection) {
            Document conditions = conditions(filter);
            if (conditions.size() > 1) {
                for (var condition : conditions.entrySet()) {
                    Index<Integer> index = indexFor(condition.getKey(), condition.getValue());
                    if (index != null) {
                        Document key = new Document(condition.getKey(), condition.getValue());
                        return matchDocuments(filter, index.getPositions(key), order, skip, limit, batch, projection);
                    }
                }
            }
            return super.queryDocuments(filter, order, skip, limit, batch, projection);
        }

        private @Nullable Index<Integer> indexFor(String field, @Nullable Object value) {
            if (value == null || value instanceof Document || value instanceof Collection) {
                return null;
            }
            Document key = new Document(field, value);
            return getIndexes().stream()
                    .filter(i -> i.canHandle(key))
                    .findFirst()
                    .orElse(null);
        }

        /** The driver writes several conditions as one $and. */
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
}
