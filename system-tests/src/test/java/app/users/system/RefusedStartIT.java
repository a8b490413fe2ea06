package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is not set up well says one sentence and ends. */
class RefusedStartIT {

    @Test
    void saysWhichPortIsTaken(@TempDir Path data) throws IOException {
        int port = Ports.free();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                JavaProcess process = JavaProcess.start(
                        "standalone",
                        List.of(
                                "--users.data=" + data,
                                "--users.embedded.postgres.port=" + taken.getLocalPort(),
                                "--users.embedded.kafka.port=" + Ports.free(),
                                "--users.embedded.kafka.controller-port=" + Ports.free(),
                                "--users.embedded.mongo.enabled=false",
                                "--users.embedded.mail.enabled=false"))) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.output())
                    .contains("Users did not start: Port " + port + " is taken, PostgreSQL cannot start.")
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            standalone      | --users.embedded.kafka.port=0 | users.embedded.kafka.port is 0; it must be from 1 to 65535
            standalone      | --users.mode=production       | users.embedded.postgres.enabled is true; users.mode=production needs a server of your own
            command-service | --users.relya.partitions=3    | users.relya.partitions is no setting; did you mean users.relay.partitions?
            """)
    void saysOneSentence(String module, String argument, String sentence) {
        try (JavaProcess process = JavaProcess.start(module, List.of(argument))) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.output()).contains(sentence).doesNotContain("\tat ");
        }
    }
}
