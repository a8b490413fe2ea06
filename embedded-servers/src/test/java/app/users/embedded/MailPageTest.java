package app.users.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailPageTest {

    private static final String TEXT = "{\"number\":\"+79991234567\",\"text\":\"code \\\"1\\\" <b>\"}";

    @TempDir
    private Path folder;

    @Test
    void showsTextMessagesAndKeepsThem() throws IOException, InterruptedException {
        try (MailPage page = start()) {
            assertThat(post(page.port(), "application/json", TEXT)).isEqualTo(204);
        }
        try (MailPage page = start()) {
            int port = page.port();
            assertThat(get(port, "mails.json?to=+79991234567"))
                    .contains("\"to\":\"+79991234567\"", "\"text\":\"code \\\"1\\\" <b>\"");
            assertThat(get(port, "mails.json?to=other@x.io")).isEqualTo("[]\n");
            assertThat(get(port, "")).contains("+79991234567", "code &quot;1&quot; &lt;b&gt;");
        }
    }

    @Test
    void refusesWhatIsNoTextMessage() throws IOException, InterruptedException {
        try (MailPage page = start()) {
            int port = page.port();
            assertThat(post(port, "text/plain", TEXT)).isEqualTo(415);
            assertThat(post(port, "application/json", "{")).isEqualTo(400);
            assertThat(post(port, "application/json", "[]")).isEqualTo(400);
            assertThat(post(port, "application/json", TEXT.replace("+", ""))).isEqualTo(400);
            assertThat(post(port, "application/json", TEXT.replace("code", "x".repeat(20_000))))
                    .isEqualTo(413);
            assertThat(get(port, "mails.json")).isEqualTo("[]\n");
        }
    }

    private MailPage start() throws IOException {
        return MailPage.start(0, new KeptMails(folder));
    }

    private static int post(int port, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/texts"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
