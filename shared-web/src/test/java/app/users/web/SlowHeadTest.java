package app.users.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A request whose head comes a byte at a time, each in time for itself. */
@SpringBootTest(
        classes = TestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web")
class SlowHeadTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "GET /users/user HTTP/1.1\r\nHost: x\r\nX-Slow: "})
    void aHeadThatNeverEndsIsCutOff(String begin) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(begin.getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> isClosed(socket));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(40));
    }

    @Test
    void aBodyMayTakeLongerThanAHead() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /users/auth/registration HTTP/1.1\r\nHost".getBytes(StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            await().until(() -> System.nanoTime() - start > 2_000_000_000L);
            out.write(
                    (": x\r\nContent-Type: application/json\r\nContent-Length: 20\r\nConnection: close\r\n\r\n{\"name\":")
                            .getBytes(StandardCharsets.US_ASCII));
            for (String piece : new String[] {" ", " ", "\"Ann\"", " ", " ", "}"}) {
                long sent = System.nanoTime();
                await().until(() -> System.nanoTime() - sent > 3_000_000_000L);
                out.write(piece.getBytes(StandardCharsets.US_ASCII));
            }
            out.write("   ".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** Sends one more byte, and finds out whether anybody still reads. */
    private static boolean isClosed(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(1);
            return socket.getInputStream().read() == -1;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
