package app.users.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ServerTest {

    @Test
    void waitsWithOneLineATryUntilThePortIsOpen(CapturedOutput output) throws Exception {
        ServerSocket listening = listen(0);
        int port = listening.getLocalPort();
        listening.close();
        AtomicInteger uses = new AtomicInteger();
        Server server = new Server("Store", List.of("127.0.0.1:" + port));
        Thread start = Thread.ofVirtual().start(() -> server.await(uses::incrementAndGet, failure -> true));
        String line = "Store at 127.0.0.1:%d does not answer (Connection refused). Next try in ".formatted(port);
        await().atMost(Duration.ofSeconds(20)).until(() -> output.getOut().contains(line + "1 s."));
        await().atMost(Duration.ofSeconds(20)).until(() -> output.getOut().contains(line + "2 s."));
        assertThat(uses).hasValue(0);
        try (ServerSocket opened = listen(port)) {
            assertThat(opened.isBound()).isTrue();
            assertThat(start.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(uses).hasValue(1);
        assertThat(output.getOut()).contains("Store at 127.0.0.1:%d answers.".formatted(port));
    }

    @Test
    void tellsTheInnermostReasonOfARefusal(CapturedOutput output) throws IOException {
        try (ServerSocket listening = listen(0)) {
            AtomicInteger uses = new AtomicInteger();
            new Server("Store", List.of("127.0.0.1:" + listening.getLocalPort()))
                    .await(
                            () -> {
                                if (uses.incrementAndGet() == 1) {
                                    throw new IllegalStateException(
                                            "pool", new IOException("wrong password\nfor users"));
                                }
                            },
                            IllegalStateException.class::isInstance);
            assertThat(output.getOut()).contains("does not answer (wrong password). Next try in 1 s.");
        }
    }

    @Test
    void throwsAtOnceWhatWaitingDoesNotMend() throws IOException {
        try (ServerSocket listening = listen(0)) {
            Server server = new Server("Store", List.of("127.0.0.1:" + listening.getLocalPort()));
            assertThatThrownBy(() -> server.await(
                            () -> {
                                throw new IllegalArgumentException("a defect");
                            },
                            IllegalStateException.class::isInstance))
                    .hasMessage("a defect");
        }
    }

    @Test
    void oneAddressOfAClusterIsEnough() throws IOException {
        ServerSocket closed = listen(0);
        closed.close();
        try (ServerSocket listening = listen(0)) {
            AtomicInteger uses = new AtomicInteger();
            new Server("Store", List.of("127.0.0.1:" + closed.getLocalPort(), "127.0.0.1:" + listening.getLocalPort()))
                    .await(uses::incrementAndGet, failure -> false);
            assertThat(uses).hasValue(1);
        }
    }

    @Test
    void theBackgroundWaitHoldsNothingUpAndEndsWhenInterrupted() throws Exception {
        ServerSocket closed = listen(0);
        closed.close();
        CountDownLatch used = new CountDownLatch(1);
        Thread waiting =
                new Server("Store", List.of("127.0.0.1:" + closed.getLocalPort())).awaitInBackground(used::countDown);
        waiting.interrupt();
        assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
        assertThat(used.getCount()).isEqualTo(1);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 8, InetAddress.getByName("127.0.0.1"));
    }
}
