package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.keys.KeyedHash;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefreshTokenTest {

    private static final KeyedHash KEY = new KeyedHash(new byte[32]);

    private final RefreshToken token = new RefreshToken(new UUID(1, 2), 3, new byte[32]);

    /** A token whose answer an earlier version lost is repeated to this one. */
    @Test
    void successorIsTheOneThatEarlierVersionsDerived() {
        assertThat(token.successor(4, KEY).text(KEY))
                .isEqualTo(
                        "AAAAAAAAAAEAAAAAAAAAAgAAAASkjU3C9Lz_0WNz0jH2J7y5H11txLIoYmPG0YzZbTqQT8mHx1y6iA8-blp-H0ou7Bk");
    }

    @Test
    void eachGenerationHasItsOwnSuccessor() {
        Set<String> texts = new HashSet<>();
        IntStream.rangeClosed(4, 100)
                .forEach(
                        generation -> texts.add(token.successor(generation, KEY).text(KEY)));
        assertThat(texts).hasSize(97);
    }

    @Test
    void successorIsReadAsItWasWritten() {
        RefreshToken successor = token.successor(7, KEY);
        assertThat(RefreshToken.parse(successor.text(KEY), KEY))
                .get()
                .extracting(RefreshToken::session, RefreshToken::generation)
                .containsExactly(token.session(), 7);
    }
}
