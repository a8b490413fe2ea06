package app.users.faults;

import app.users.system.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** @param event the id of the event that asked for it, which is its {@code Message-ID} */
    record Taken(String event, String to, String code) {}

    private static final Pattern CODE = Pattern.compile("(?<!\\w)\\d{6}(?!\\w)");
    private static final Pattern RECIPIENT = Pattern.compile("(?i)RCPT TO:<([^>]*)>.*");

    private final ServerSocket door;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
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
    List<Taken> to(String address) {
        return taken.stream().filter(mail -> mail.to().equals(address)).toList().reversed();
    }

    List<String> events() {
        return taken.stream().map(Taken::event).toList();
    }

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
            if (mode == Mode.AWAY) {
                return;
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            if (mode == Mode.HANGS) {
                awaitEnd(in);
                return;
            }
            answer(client, "220 faults");
            converse(client, in);
        } catch (IOException | MessagingException gone) {
            // the sender tries again
        } finally {
            open.remove(client);
        }
    }

    /** Until the sender gives up. */
    private static void awaitEnd(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null) {
            line = in.readLine();
        }
    }

    private void converse(Socket client, BufferedReader in) throws IOException, MessagingException {
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher recipient = RECIPIENT.matcher(line);
            if (line.equalsIgnoreCase("QUIT")) {
                answer(client, "221 bye");
                return;
            } else if (line.equalsIgnoreCase("DATA")) {
                answer(client, "354 go on");
                if (!take(client, to, content(in))) {
                    return;
                }
            } else {
                to = recipient.matches() ? recipient.group(1) : to;
                answer(client, "250 OK");
            }
        }
    }

    private static String content(BufferedReader in) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("cut off");
            }
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return content.toString();
    }

    /** Whether the connection goes on. */
    private boolean take(Socket client, String to, String content) throws IOException, MessagingException {
        var message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)));
        String event = message.getMessageID().replaceAll("[<>]|@.*", "");
        switch (mode) {
            case DEFERS -> answer(client, "451 later");
            case REFUSES -> {
                refused.add(event);
                answer(client, "554 no");
            }
            case DROPS -> {
                dropped.incrementAndGet();
                taken.add(new Taken(event, to, code(message.getContent())));
                return false;
            }
            default -> {
                taken.add(new Taken(event, to, code(message.getContent())));
                answer(client, "250 taken");
            }
        }
        return true;
    }

    /** The first six digits of the first text, or nothing. */
    private static String code(Object content) throws IOException, MessagingException {
        if (content instanceof jakarta.mail.Multipart parts) {
            return code(parts.getBodyPart(0).getContent());
        }
        Matcher code = CODE.matcher(content.toString());
        return code.find() ? code.group() : "";
    }

    private static void answer(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
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
