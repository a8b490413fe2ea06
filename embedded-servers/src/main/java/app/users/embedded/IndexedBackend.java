package app.users.embedded;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The emulator ignores indexes that are not unique and reads a whole collection when a filter names more fields than an
 * index. This one keeps ordered indexes and narrows by them, as the real server does, and explains what that saved.
 */
@SuppressWarnings("NullAway") // the emulator is not annotated
final class IndexedBackend extends MemoryBackend {

    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name, getCursorRegistry());
    }

    private static final class IndexedDatabase extends MemoryDatabase {

        // the super constructor opens collections: there is none to count for yet
        private final LongAdder looked = new LongAdder();

        IndexedDatabase(String name, CursorRegistry cursors) {
            super(name, cursors);
        }

        @Override
        protected MemoryCollection openOrCreateCollection(String collection, CollectionOptions options) {
            return new IndexedCollection(this, collection, options, cursorRegistry, () -> looked.increment());
        }

        @Override
        protected Index<Integer> openOrCreateSecondaryIndex(
                String collection, String index, List<IndexKey> keys, boolean sparse) {
            boolean ordered = !sparse
                    && keys.stream()
                            .allMatch(key -> key.isAscending() && !key.getKey().contains("."));
            return ordered
                    ? new OrderedIndex(index, keys)
                    : super.openOrCreateSecondaryIndex(collection, index, keys, sparse);
        }

        /** Answers {@code explain} for queries: how many documents were looked at to answer it. */
        @Override
        public Document handleCommand(
                Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
            if (!command.equals("explain") || !(query.get("explain") instanceof Document find)) {
                return super.handleCommand(channel, command, query, databases, oplog);
            }
            long before = looked.sum();
            Document answer = super.handleCommand(channel, "find", find, databases, oplog);
            int returned = ((List<?>) ((Document) answer.get("cursor")).get("firstBatch")).size();
            Document statistics =
                    new Document("nReturned", returned).append("totalDocsExamined", (int) (looked.sum() - before));
            return new Document("executionStats", statistics).append("ok", 1.0);
        }
    }
}
