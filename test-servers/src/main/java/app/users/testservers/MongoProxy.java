package app.users.testservers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * Stands between a service and MongoDB and answers writes as a replica set does that changes its primary. It reads one request
 * and one answer after the other on each connection, which is how the synchronous driver uses it.
 */
public final class MongoProxy implements AutoCloseable {

    /** How writes are answered. */
    public enum Mode {
        PASSES,
        /** The server is no primary any more; the write is not done. */
        STEPS_DOWN,
        /** The write is done, but not on a majority of the servers: a new primary may not have it. */
        NOT_REPLICATED
    }

    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");
    private static final int HEADER = 16;
    private static final int OP_MSG = 2013;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final URI server;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile Mode mode = Mode.PASSES;

    /** @param server {@code mongodb://host:port} */
    public MongoProxy(String server) {
        this.server = URI.create(server);
        try {
            door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + door.getLocalPort() + "/?directConnection=true";
    }

    public void become(Mode next) {
        failed.set(0);
        mode = next;
    }

    /** How many writes were answered with an error since it became what it is. */
    public int failed() {
        return failed.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                // the loop ends
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind = new Socket(server.getHost(), server.getPort())) {
            open.add(client);
            DataInputStream requests = buffered(client);
            DataInputStream answers = buffered(behind);
            while (true) {
                ByteBuffer request = read(requests);
                client.getOutputStream()
                        .write(answer(request, answers, behind.getOutputStream())
                                .array());
            }
        } catch (IOException ended) {
            // so do both connections
        } finally {
            open.remove(client);
        }
    }

    private static DataInputStream buffered(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    private ByteBuffer answer(ByteBuffer request, DataInputStream answers, OutputStream server) throws IOException {
        Mode now = mode;
        boolean fails = now != Mode.PASSES && isWrite(request);
        if (fails && now == Mode.STEPS_DOWN) {
            failed.incrementAndGet();
            return message(request.getInt(4), error("NotWritablePrimary", 10107).append("ok", new BsonDouble(0)));
        }
        server.write(request.array());
        ByteBuffer answer = read(answers);
        if (!fails) {
            return answer;
        }
        failed.incrementAndGet();
        return message(
                request.getInt(4), document(answer).append("writeConcernError", error("WriteConcernTimeout", 64)));
    }

    private static BsonDocument error(String name, int code) {
        return BsonDocument.parse("{code: %d, codeName: '%s', errmsg: 'made by a test'}".formatted(code, name));
    }

    private static boolean isWrite(ByteBuffer request) {
        return request.getInt(12) == OP_MSG && WRITES.contains(document(request).getFirstKey());
    }

    /** The body of a message: after the flags, in the section of kind 0, which the driver sends first. */
    private static BsonDocument document(ByteBuffer message) {
        try (BsonBinaryReader reader = new BsonBinaryReader(
                message.slice(HEADER + 5, message.capacity() - HEADER - 5).order(ByteOrder.LITTLE_ENDIAN))) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }

    private static ByteBuffer message(int responseTo, BsonDocument document) {
        BasicOutputBuffer body = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(body)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
        }
        byte[] bytes = body.toByteArray();
        return ByteBuffer.allocate(HEADER + 5 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(HEADER + 5 + bytes.length)
                .putInt(1)
                .putInt(responseTo)
                .putInt(OP_MSG)
                .putInt(0)
                .put((byte) 0)
                .put(bytes);
    }

    private static ByteBuffer read(DataInputStream from) throws IOException {
        int length = Integer.reverseBytes(from.readInt());
        if (length < HEADER) {
            throw new EOFException("no message");
        }
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(length);
        from.readFully(message.array(), 4, length - 4);
        return message;
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
