package app.users.embedded;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Mails and text messages as files in one folder, the newest thousand of them. */
final class KeptMails {

    private static final int MOST = 1000;
    private static final String TO = "X-Delivered-To";
    private static final Pattern FILE = Pattern.compile("[0-9]{13}-[0-9]{6}\\" + KeptMail.SUFFIX);

    /** Of one mail; the rest of a longer one is not shown. */
    private static final int MOST_SHOWN = 1024 * 1024;

    private final Path folder;
    private final AtomicLong counter = new AtomicLong();
    private final Session session = Session.getInstance(new Properties());

    KeptMails(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    /** Returns when the mail is on the disk. */
    void keep(String to, MimeMessage message) throws MessagingException {
        String name = "%013d-%06d".formatted(System.currentTimeMillis(), counter.incrementAndGet() % 1_000_000)
                + KeptMail.SUFFIX;
        Path unfinished = folder.resolve(name + ".part");
        try {
            MimeMessage copy = new MimeMessage(message);
            copy.setHeader(TO, to);
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                copy.writeTo(out);
            }
            CompleteFolder.flushOne(unfinished);
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            CompleteFolder.flushOne(folder);
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

    /** All of them as they came, for a mail server that starts. */
    List<KeptMail> oldestFirst() {
        return files().map(file -> read(file, Integer.MAX_VALUE))
                .flatMap(Optional::stream)
                .toList()
                .reversed();
    }

    /** For a page; each is read only when the stream gets to it. */
    Stream<KeptMail> newestFirst() {
        return files().map(file -> read(file, MOST_SHOWN)).flatMap(Optional::stream);
    }

    Optional<KeptMail> find(String id) {
        String file = id + KeptMail.SUFFIX;
        return FILE.matcher(file).matches() ? read(folder.resolve(file), MOST_SHOWN) : Optional.empty();
    }

    /** Another one when a mail has come or gone. A file never changes, so the names say enough. */
    String version() {
        return Integer.toHexString(files().map(Path::getFileName).toList().hashCode());
    }

    private Stream<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all
                    .filter(file -> FILE.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.<Path>naturalOrder().reversed())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Empty if the file was deleted meanwhile, as one too many, or was put here by another program. */
    private Optional<KeptMail> read(Path file, int bytes) {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(in.readNBytes(bytes)));
            return Optional.ofNullable(message.getHeader(TO, ","))
                    .map(to -> new KeptMail(file.getFileName().toString(), to, message));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (MessagingException e) {
            throw new IllegalStateException(file + " is no mail", e);
        }
    }
}
