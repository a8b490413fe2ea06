package app.users.embedded;

import de.bwaldvogel.mongo.MongoServer;

/** A MongoDB emulator in memory: everything in it is rebuilt from the topic at the next start. */
public final class DocumentServer implements AutoCloseable {

    private final MongoServer server;

    private DocumentServer(MongoServer server) {
        this.server = server;
    }

    /** @param port zero takes a free one */
    public static DocumentServer start(int port) {
        PortTaken.check("MongoDB", port, "users.embedded.mongo.port");
        MongoServer server = new MongoServer(new IndexedBackend());
        server.bind("127.0.0.1", port);
        return new DocumentServer(server);
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
