package app.users.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.users.notification.delivery.DeliveryProperties.Sms;
import app.users.notification.ledger.DeliveryResult;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // set before each test
class HttpTextMessagesTest {

    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration IMPATIENT = Duration.ofMillis(300);
    private static final String JSON_BODY = "{\"to\":\"{number}\",\"m\":\"{text}\",\"ref\":\"{id}\"}";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private HttpServer gateway;
    private volatile int status = 204;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 8);
        gateway.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void escapesForJson() {
        assertThat(send("application/json", JSON_BODY, "say \"{number}\"\n\\ по-русски"))
                .isEqualTo(DeliveryResult.SENT);
        assertThat(received)
                .containsExactly(
                        "POST application/json Bearer x"
                                + " {\"to\":\"+79991234567\",\"m\":\"say \\\"{number}\\\"\\n\\\\ по-русски\",\"ref\":\"an id\"}");
    }

    @Test
    void escapesForForms() {
        assertThat(send("application/x-www-form-urlencoded", "to={number}&m={text}&ref={id}", "a&b=c"))
                .isEqualTo(DeliveryResult.SENT);
        assertThat(received)
                .containsExactly(
                        "POST application/x-www-form-urlencoded Bearer x" + " to=%2B79991234567&m=a%26b%3Dc&ref=an+id");
    }

    @ParameterizedTest
    @CsvSource({
        "200, SENT",
        "202, SENT",
        "302, UNREACHABLE",
        "400, REFUSED",
        "401, REFUSED",
        "404, REFUSED",
        "408, UNREACHABLE",
        "429, UNREACHABLE",
        "500, UNREACHABLE",
        "503, UNREACHABLE"
    })
    void understandsTheAnswer(int answered, DeliveryResult expected) {
        status = answered;
        assertThat(send("application/json", JSON_BODY, "text")).isEqualTo(expected);
    }

    @Test
    void doesNotWaitForAGatewayThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Sms settings = settings(silent.getLocalPort(), "application/json", JSON_BODY, Map.of(), IMPATIENT);
            assertThat(send(settings, "text")).isEqualTo(DeliveryResult.UNREACHABLE);
        }
    }

    @Test
    void refusesAHeaderThatCannotBeSent() {
        Sms settings = settings(1, "application/json", JSON_BODY, Map.of("Host", "x"), PATIENT);
        assertThatThrownBy(() -> send(settings, "text"))
                .hasMessageContaining("users.notification.sms.headers")
                .hasMessageContaining("Host");
    }

    private DeliveryResult send(String contentType, String body, String text) {
        return send(
                settings(
                        gateway.getAddress().getPort(),
                        contentType,
                        body,
                        Map.of("Authorization", "Bearer x"),
                        PATIENT),
                text);
    }

    private static DeliveryResult send(Sms settings, String text) {
        try (var texts = new HttpTextMessages(Objects.requireNonNull(settings.url()), settings)) {
            return texts.send("an id", "+79991234567", text);
        }
    }

    private static Sms settings(
            int port, String contentType, String body, Map<String, String> headers, Duration readTimeout) {
        URI url = URI.create("http://127.0.0.1:" + port + "/send");
        return new Sms(url, contentType, headers, body, PATIENT, readTimeout);
    }
}
