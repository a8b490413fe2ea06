package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is not set up well says one sentence and ends. */
class RefusedStartIT {

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
