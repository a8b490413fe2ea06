package app.users.notification;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a mail server that takes everything: refuses recipients that begin with {@code refused}, asks those that begin
 * with {@code busy} to come again once, and can be away.
 */
final class PickySmtp implements Closeable {

    private final ServerSocket door;
    private final int server;
    private final Set<String> askedBefore = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    PickySmtp(int server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    void leave() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (away) {
                    client.close();
                } else {
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            Thread.ofVirtual().start(() -> copyReplies(behind, client));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("RCPT TO:<refused")) {
                    write(client, "550 no such mailbox");
                } else if (line.startsWith("RCPT TO:<busy") && askedBefore.add(line)) {
                    write(client, "451 come again");
                } else {
                    write(behind, line);
                }
            }
        } catch (IOException gone) {
            // the client sees it too
        }
    }

    private static void copyReplies(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // the client sees it too
        }
    }

    private static void write(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        to.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
