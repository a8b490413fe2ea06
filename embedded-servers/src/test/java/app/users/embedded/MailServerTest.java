package app.users.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer of 250 means that the mail is on the disk. */
class MailServerTest {

    private final int smtp = freePort();
    private final MailServer.Doors doors = MailServer.Doors.local(smtp, freePort(), freePort());

    @TempDir
    private Path folder;

    @Test
    void keepsWhatItAcceptsAsSoonAsItListens() throws Exception {
        KeptMails earlier = new KeptMails(folder);
        for (int i = 0; i < 100; i++) {
            earlier.keep("earlier@example.org", message("earlier"));
        }
        CompletableFuture<MailServer> start = CompletableFuture.supplyAsync(() -> MailServer.start(folder, doors));
        assertThat(sendAsSoonAsItListens(start)).startsWith("250");
        try (MailServer server = start.join()) {
            assertThat(new KeptMails(folder).newestFirst().map(KeptMail::to)).contains("anna@example.org");
        }
    }

    @Test
    void doesNotAcceptWhatItCannotKeep() throws Exception {
        Path mails = folder.resolve("mails");
        try (MailServer server = MailServer.start(mails, doors)) {
            FileUtils.deleteDirectory(mails.toFile());
            Files.createFile(mails);
            assertThat(send()).doesNotStartWith("250");
        }
    }

    private String sendAsSoonAsItListens(CompletableFuture<MailServer> start) throws IOException {
        while (!start.isCompletedExceptionally()) {
            try {
                return send();
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
        return "not started";
    }

    /**
     * The answer to the mail; empty if the server closed the connection instead.
     *
     * @throws ConnectException if it does not listen yet
     */
    private String send() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", smtp);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            if (socket.getLocalPort() == smtp) {
                throw new ConnectException(
                        "the system chose this port for the client, which is now connected to itself");
            }
            socket.setSoTimeout(60_000);
            String answer = answers.readLine();
            for (String line : List.of(
                    "HELO test",
                    "MAIL FROM:<users@example.org>",
                    "RCPT TO:<anna@example.org>",
                    "DATA",
                    "Subject: x\r\n\r\ny\r\n.")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                answer = answers.readLine();
            }
            return answer == null ? "" : answer;
        } catch (ConnectException notYet) {
            throw notYet;
        } catch (SocketException closed) {
            return "";
        }
    }

    private static MimeMessage message(String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject(subject);
        message.setText("text");
        return message;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
