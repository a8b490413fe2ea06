package app.users.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A port in front of a server: closed until it is opened, as if the server had not started yet. */
final class Forwarder implements AutoCloseable {

    private final int port = Ports.free();
    private final String host;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listening;

    /** @param address {@code host:port} */
    Forwarder(String address) {
        URI server = URI.create("any://" + address);
        host = server.getHost();
        target = server.getPort();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void open() {
        try {
            ServerSocket server = new ServerSocket(port, 64, InetAddress.getByName("127.0.0.1"));
            listening = server;
            Thread.ofVirtual().start(() -> accept(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket behind = new Socket(host, target);
                sockets.add(client);
                sockets.add(behind);
                Thread.ofVirtual().start(() -> copy(client, behind));
                Thread.ofVirtual().start(() -> copy(behind, client));
            } catch (IOException closed) {
                // the loop ends, or the client tries again
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException closed) {
            // both ends are closed now
        }
    }

    /** Cuts every connection and takes no other. */
    @Override
    public void close() {
        try {
            if (listening != null) {
                listening.close();
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
