package app.users.embedded;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Mails and text messages as files in one folder, the newest thousand of them. */
final class KeptMails {

    private static final int MOST = 1000;
    private static final String TO = "X-Delivered-To";

    private final Path folder;
    private final AtomicLong counter = new AtomicLong();
    private final Session session = Session.getInstance(new Properties());

    KeptMails(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    void keep(String to, MimeMessage message) throws MessagingException {
        String name = "%013d-%06d.eml".formatted(System.currentTimeMillis(), counter.incrementAndGet() % 1_000_000);
        Path unfinished = folder.resolve(name + ".part");
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            MimeMessage copy = new MimeMessage(message);
            copy.setHeader(TO, to);
            copy.writeTo(out);
            out.flush();
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            for (Path old : files().skip(MOST).toList()) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            throw new MessagingException("cannot keep the mail in " + folder, e);
        }
    }

    /** A text message is a mail without a subject, to a number. */
    void keepText(String number, String text) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setText(text, StandardCharsets.UTF_8.name());
        message.saveChanges();
        keep(number, message);
    }

    List<KeptMail> newestFirst() {
        try {
            return files().map(this::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all
                    .filter(f -> f.toString().endsWith(".eml"))
                    .sorted(Comparator.<Path>naturalOrder().reversed())
                    .toList()
                    .stream();
        }
    }

    private KeptMail read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(session, in);
            return new KeptMail(file.getFileName().toString(), message.getHeader(TO, ","), message);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (MessagingException e) {
            throw new IllegalStateException(file + " is no mail", e);
        }
    }
}
