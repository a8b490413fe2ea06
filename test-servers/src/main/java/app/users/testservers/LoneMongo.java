package app.users.testservers;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Set;

/** A MongoDB primary whose other members are away: it does each write and answers it with a write concern error. */
@SuppressWarnings("NullAway") // the emulator is not annotated
public final class LoneMongo implements AutoCloseable {

    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");

    private final MongoServer server = new MongoServer(new MemoryBackend() {

        @Override
        public Document handleMessage(MongoMessage message) {
            Document answer = super.handleMessage(message);
            if (message.getDocument().keySet().stream().anyMatch(WRITES::contains)) {
                answer.append(
                        "writeConcernError",
                        new Document("code", 64)
                                .append("codeName", "WriteConcernFailed")
                                .append("errmsg", "waiting for replication timed out"));
            }
            return answer;
        }
    });

    public String uri() {
        return server.bindAndGetConnectionString();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
