package app.users.faults;

import app.users.system.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that keeps what it takes, and that can be away, hang, refuse, or take a mail without saying so. */
final class MailServer implements AutoCloseable {

    /** How it treats mails. */
    enum Mode {
        TAKES,
        /** Closes each connection at once. */
        AWAY,
        /** Accepts connections and never answers. */
        HANGS,
        /** Asks to try again later. */
        DEFERS,
        /** Refuses for good. */
        REFUSES,
        /** Takes the mail and closes the connection without an answer. */
        DROPS
    }

    private final ServerSocket door;
    private final List<ReceivedMail> mails = new CopyOnWriteArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger dropped = new AtomicInteger();
    private volatile Mode mode = Mode.TAKES;

    MailServer() {
        try {
            door = new ServerSocket(Ports.free(), 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void become(Mode next) {
        mode = next;
    }

    /** Newest first. */
    List<ReceivedMail> to(String address) {
        return mails.stream().filter(mail -> mail.to().equals(address)).toList().reversed();
    }

    /** The event of each mail. */
    List<String> events() {
        return mails.stream().map(ReceivedMail::event).toList();
    }

    /** The events whose mail was refused for good. */
    Set<String> refused() {
        return Set.copyOf(refused);
    }

    int dropped() {
        return dropped.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                // the loop ends
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var conversation = new SmtpConversation(client);
            switch (mode) {
                case AWAY -> {
                    // closed at once
                }
                case HANGS -> conversation.hang();
                default -> conversation.serve(this::take);
            }
        } catch (IOException gone) {
            // the sender tries again
        } finally {
            open.remove(client);
        }
    }

    private String take(String to, String content) throws IOException {
        ReceivedMail mail = ReceivedMail.of(to, content);
        return switch (mode) {
            case DEFERS -> "451 later";
            case REFUSES -> {
                refused.add(mail.event());
                yield "554 no";
            }
            case DROPS -> {
                dropped.incrementAndGet();
                mails.add(mail);
                yield "";
            }
            default -> {
                mails.add(mail);
                yield "250 taken";
            }
        };
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
