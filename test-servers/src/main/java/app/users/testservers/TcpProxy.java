package app.users.testservers;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a service and its server, and makes the server seem to be gone ({@link #cut}) or to hang ({@link #pause})
 * for this service alone.
 */
public final class TcpProxy implements AutoCloseable {

    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket door;
    private boolean paused;

    public TcpProxy(String host, int serverPort) {
        server = new InetSocketAddress(host, serverPort);
        door = listen(0);
        port = door.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** Ends all connections and refuses new ones. */
    public void cut() {
        close();
    }

    /** Keeps connections open and accepts new ones, but passes nothing on. */
    public synchronized void pause() {
        paused = true;
    }

    /** Ends a cut or a pause; what was sent during a pause is passed on now. */
    public synchronized void resume() {
        paused = false;
        notifyAll();
        if (door.isClosed()) {
            door = listen(port);
        }
    }

    @Override
    public void close() {
        close(door);
        open.forEach(TcpProxy::close);
        open.clear();
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            Thread.ofVirtual().start(() -> accept(listening));
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> connect(client, listening));
            } catch (IOException e) {
                // cut
            }
        }
    }

    private void connect(Socket client, ServerSocket listening) {
        Socket remote = new Socket();
        open.add(client);
        open.add(remote);
        try {
            remote.connect(server);
        } catch (IOException e) {
            close(client);
        }
        if (listening.isClosed()) {
            // cut while it connected
            close(client);
            close(remote);
        }
        Thread.ofVirtual().start(() -> pass(client, remote));
        pass(remote, client);
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                awaitResume();
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // one side has ended: so does the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.remove(from);
        open.remove(to);
    }

    private synchronized void awaitResume() throws InterruptedException {
        while (paused) {
            wait();
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
