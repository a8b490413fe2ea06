package app.users.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MailPageTest {

    private static final String TEXT = "{\"number\":\"+79991234567\",\"text\":\"code \\\"1\\\" <b>\"}";
    private static final String MAIL = """
            From: Users <users@example.org>
            To: anna@example.org
            Subject: =?UTF-8?Q?Your_code_=3Cb=3E?=
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=x

            --x
            Content-Type: text/plain; charset=utf-8

            Your code is 123456
            --x
            Content-Type: text/html; charset=utf-8

            <p>Your code is <b>123456</b></p><script>alert(1)</script>
            --x--
            """.replace("\n", "\r\n");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    private KeptMails mails;
    private MailPage page;

    @BeforeEach
    void start() throws IOException {
        mails = new KeptMails(folder);
        page = MailPage.start(new MailServer.Doors("127.0.0.1", 0, 0, 0, Set.of("mails")), mails);
    }

    @AfterEach
    void stop() {
        page.close();
        http.close();
    }

    @Test
    void listsMailsAndTextMessagesNewestFirst() throws Exception {
        keep("anna@example.org", MAIL);
        assertThat(post("application/json", TEXT)).isEqualTo(204);
        JsonNode list = json("/mails.json");
        assertThat(list).hasSize(2);
        assertThat(list.get(0).path("to").asString()).isEqualTo("+79991234567");
        assertThat(list.get(0).path("from").asString()).isEmpty();
        assertThat(list.get(0).path("subject").asString()).isEqualTo("Text message");
        assertThat(list.get(0).path("text").asString()).isEqualTo("code \"1\" <b>");
        assertThat(list.get(1).path("from").asString()).isEqualTo("Users <users@example.org>");
        assertThat(list.get(1).path("to").asString()).isEqualTo("anna@example.org");
        assertThat(list.get(1).path("subject").asString()).isEqualTo("Your code <b>");
        assertThat(list.get(1).path("text").asString()).startsWith("Your code is 123456");
        assertThat(list.get(1).path("date").asString()).endsWith("Z");
    }

    @Test
    void keepsTextMessagesOverARestart() throws Exception {
        assertThat(post("application/json", TEXT)).isEqualTo(204);
        page.close();
        start();
        assertThat(json("/mails.json?to=+79991234567")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "to=anna@example.org, 1",
        "to=ANNA@example.org, 1",
        "to=anna, 0",
        "to=%2B79991234567, 1",
        "to=other@x.io, 0",
        "address=anna, 1",
        "address=USERS@, 2",
        "address=%2B7999, 1",
        "address=nothing, 0",
        "address=, 3",
        "to=anna@example.org&address=boris, 0"
    })
    void filtersByAddress(String query, int found) throws Exception {
        keep("anna@example.org", MAIL);
        keep("boris@example.org", MAIL);
        assertThat(post("application/json", TEXT)).isEqualTo(204);
        assertThat(json("/mails.json?" + query)).hasSize(found);
    }

    @Test
    void listsAtMostAHundredAndCutsLongTexts() throws Exception {
        keep("anna@example.org", "Subject: long\r\n\r\n" + "x".repeat(3_000_000));
        JsonNode cut = json("/mails.json").get(0);
        assertThat(cut.path("text").asString()).hasSizeLessThan(11_000).endsWith("(The rest is not shown.)");
        assertThat(json("/mails/" + cut.path("id").asString()).path("text").asString())
                .hasSizeLessThan(201_000);
        for (int i = 0; i < 101; i++) {
            mails.keepText("+7999", "text " + i);
        }
        assertThat(json("/mails.json")).hasSize(100);
    }

    @Test
    void answersAnUnchangedListWithoutItsContent() throws Exception {
        keep("anna@example.org", MAIL);
        String tag = get("/mails.json").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> unchanged = get("/mails.json", "If-None-Match", tag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        keep("anna@example.org", MAIL);
        assertThat(get("/mails.json", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void opensAMailWithTextHtmlAndHeaders() throws Exception {
        keep("anna@example.org", MAIL);
        String path = "/mails/" + json("/mails.json").get(0).path("id").asString();
        JsonNode mail = json(path);
        assertThat(mail.path("text").asString()).startsWith("Your code is 123456");
        assertThat(mail.path("html").asBoolean()).isTrue();
        assertThat(mail.path("headers").asString()).contains("To: anna@example.org", "Content-Type: multipart");
        HttpResponse<String> html = get(path + "/html");
        assertThat(html.body()).contains("<b>123456</b>");
        assertThat(html.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(html.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("sandbox; default-src 'none';")
                        .doesNotContain("allow-", "script-src"));
    }

    @Test
    void skipsFilesThatItDidNotKeep() throws Exception {
        Files.writeString(folder.resolve("foreign.eml"), MAIL);
        Files.writeString(folder.resolve("1795986940010-000001.eml"), MAIL);
        keep("anna@example.org", MAIL);
        assertThat(json("/mails.json")).hasSize(1);
        assertThat(get("/mails/1795986940010-000001").statusCode()).isEqualTo(404);
        assertThat(mails.oldestFirst()).hasSize(1);
    }

    @Test
    void aTextMessageHasNoHtml() throws Exception {
        assertThat(post("application/json", TEXT)).isEqualTo(204);
        String path = "/mails/" + json("/mails.json").get(0).path("id").asString();
        assertThat(json(path).path("html").asBoolean()).isFalse();
        assertThat(get(path + "/html").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/mails.js, text/javascript",
        "/users.css, text/css",
        "/users.svg, image/svg+xml",
        "/mails.json, application/json"
    })
    void servesItsFiles(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        HttpRequest head = request(path).method("HEAD", BodyPublishers.noBody()).build();
        HttpResponse<String> headAnswer = http.send(head, BodyHandlers.ofString());
        assertThat(headAnswer.statusCode()).isEqualTo(200);
        assertThat(headAnswer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/mails/",
                "/mails/1234567890123-000001",
                "/mails/../mails.json",
                "/mails/..%2f..%2fetc",
                "/mails/1234567890123-000001/html"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesOtherMethods() throws Exception {
        HttpResponse<String> wrong = http.send(request("/").DELETE().build(), BodyHandlers.ofString());
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(get("/texts").headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void refusesAQueryThatCannotBeDecoded() throws Exception {
        // the client would not send it
        assertThat(raw("GET /mails.json?to=%zz HTTP/1.1\r\nHost: localhost\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mails", "mails:8025", "localhost", "LOCALHOST:8025", "127.0.0.1:1", "[::1]:8025"})
    void answersToItsOwnNames(String host) throws Exception {
        assertThat(raw("GET /mails.json HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:8025",
                "Host: localhost.evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: ",
                "X-No-Host: localhost"
            })
    void refusesOtherNamesOnEveryPath(String host) throws Exception {
        for (String request : new String[] {"GET /", "GET /mails.json", "GET /nowhere", "POST /texts"}) {
            assertThat(raw(request + " HTTP/1.1\r\n" + host + "\r\nContent-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 421 ")
                    .contains("users.embedded.mail.hosts");
        }
    }

    @Test
    void leadsToTheFirstPage() throws Exception {
        page.home(URI.create("http://localhost:8080/users/"));
        HttpResponse<String> home = get("/home");
        assertThat(home.statusCode()).isEqualTo(302);
        assertThat(home.headers().firstValue("Location")).contains("http://localhost:8080/users/");
    }

    @Test
    void refusesWhatIsNoTextMessage() throws Exception {
        assertThat(post("text/plain", TEXT)).isEqualTo(415);
        assertThat(post("application/json", "{")).isEqualTo(400);
        assertThat(post("application/json", "[]")).isEqualTo(400);
        assertThat(post("application/json", TEXT.replace("+", ""))).isEqualTo(400);
        assertThat(post("application/json", TEXT.replace("code", "x".repeat(20_000))))
                .isEqualTo(413);
        assertThat(get("/mails.json").body()).isEqualTo("[]\n");
    }

    private void keep(String to, String mail) throws MessagingException, IOException {
        try (InputStream in = new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))) {
            mails.keep(to, new MimeMessage(Session.getInstance(new Properties()), in));
        }
    }

    private int post(String type, String body) throws IOException, InterruptedException {
        HttpRequest request = request("/texts")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new JsonMapper().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path));
    }

    /** @param head of the request, without its last line */
    private String raw(String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", page.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
