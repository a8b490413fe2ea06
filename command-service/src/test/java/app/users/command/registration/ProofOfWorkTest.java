package app.users.command.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofOfWorkTest {

    private static final int BITS = 8;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String EMAIL = "anna@example.org";

    private final ProofOfWork work = new ProofOfWork(BITS, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aProofThatTookWorkIsTaken() {
        assertThatCode(() -> work.check(EMAIL, proof(EMAIL, NOW))).doesNotThrowAnyException();
        assertThatCode(() -> work.check(EMAIL, proof(EMAIL, NOW.minusSeconds(600))))
                .doesNotThrowAnyException();
        assertThatCode(() -> work.check(EMAIL, proof(EMAIL, NOW.plusSeconds(600))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "1767323045", "1767323045.", "1767323045.-", "x.1", "1767323045.1 ", "9999999999999.1"})
    void textThatIsNoProofIsRefused(@Nullable String proof) {
        assertRefused(EMAIL, proof);
    }

    @Test
    void aProofWithoutWorkIsRefused() {
        String lazy = NOW.getEpochSecond() + ".";
        int nonce = 0;
        while (ProofOfWork.zeroBits(ProofOfWork.sha256(EMAIL + " " + lazy + nonce)) >= BITS) {
            nonce++;
        }
        assertRefused(EMAIL, lazy + nonce);
    }

    @Test
    void aProofIsForOneEmailAndTenMinutes() {
        String proof = proof(EMAIL, NOW);
        String other = "b" + EMAIL;
        while (ProofOfWork.zeroBits(ProofOfWork.sha256(other + " " + proof)) >= BITS) {
            other = "b" + other;
        }
        assertRefused(other, proof);
        assertRefused(EMAIL, proof(EMAIL, NOW.minusSeconds(601)));
        assertRefused(EMAIL, proof(EMAIL, NOW.plusSeconds(601)));
    }

    @Test
    void whereNoneIsAskedForNoneIsNeeded() {
        assertThatCode(() -> new ProofOfWork(0, Clock.systemUTC()).check(EMAIL, null))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 128, 8", "0, 1, 15", "1, 0, 7", "255, 0, 0", "0, 0, 16"})
    void countsZeroBitsFromTheLeft(int first, int second, int bits) {
        assertThat(ProofOfWork.zeroBits(new byte[] {(byte) first, (byte) second}))
                .isEqualTo(bits);
    }

    private void assertRefused(String email, @Nullable String proof) {
        assertThatThrownBy(() -> work.check(email, proof)).hasMessageContaining("work-required");
    }

    private static String proof(String email, Instant made) {
        for (int nonce = 0; ; nonce++) {
            String proof = made.getEpochSecond() + "." + nonce;
            if (ProofOfWork.zeroBits(ProofOfWork.sha256(email + " " + proof)) >= BITS) {
                return proof;
            }
        }
    }
}
