package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request whose head comes a byte at a time, each in time for itself, at the gateway and at each service behind it. */
@Order(1)
@OneForm
class SlowHeadIT {

    private final RunningSystem system;

    SlowHeadIT(Form form, Systems systems) {
        system = systems.get(form);
    }

    @ParameterizedTest
    @CsvSource({"0, GET /", "1, GET /", "2, GET /users/user HTTP/1.1\\r\\nHost: x\\r\\nX-Slow: "})
    void aHeadThatNeverEndsIsCutOff(int door, String begin) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = connect(system.doors().get(door))) {
            socket.getOutputStream().write(begin.translateEscapes().getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> isClosed(socket));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(40));
    }

    @Test
    void aBodyMayTakeLongerThanAHead() throws IOException {
        try (Socket socket = connect(system.doors().getFirst())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /users/auth/registration HTTP/1.1\r\nHost".getBytes(StandardCharsets.US_ASCII));
            pass(Duration.ofSeconds(2));
            out.write(
                    (": x\r\nContent-Type: application/json\r\nContent-Length: 20\r\nConnection: close\r\n\r\n{\"name\":")
                            .getBytes(StandardCharsets.US_ASCII));
            for (String piece : new String[] {" ", " ", "\"Ann\"", " ", " ", "}"}) {
                pass(Duration.ofSeconds(3));
                out.write(piece.getBytes(StandardCharsets.US_ASCII));
            }
            out.write("   ".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("invalid-fields", "surname")
                    .doesNotContain("\"field\":\"name\"");
        }
    }

    private static void pass(Duration time) {
        long start = System.nanoTime();
        await().until(() -> System.nanoTime() - start > time.toNanos());
    }

    private static Socket connect(URI door) throws IOException {
        return new Socket(door.getHost(), door.getPort());
    }

    /** Sends one more byte, and finds out whether the server still reads. */
    private static boolean isClosed(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(1);
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
