package app.users.command.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealedTest {

    private final SecretKey key = new SecretKeySpec(new byte[32], "AES");
    private final byte[] context = "user.registered.v1/7".getBytes(UTF_8);
    private final byte[] plain = "Ivan".getBytes(UTF_8);

    @Test
    void opensWhatItSealed() {
        assertThat(Sealed.open(key, context, Sealed.seal(key, context, plain))).isEqualTo(plain);
    }

    @Test
    void neverSealsTheSameWayTwice() {
        assertThat(Sealed.seal(key, context, plain)).isNotEqualTo(Sealed.seal(key, context, plain));
    }

    @Test
    void refusesAnotherContextKeyOrContent() {
        byte[] sealed = Sealed.seal(key, context, plain);
        assertThatIllegalStateException().isThrownBy(() -> Sealed.open(key, "other".getBytes(UTF_8), sealed));
        var otherKey = new SecretKeySpec("another key of thirty-two bytes!".getBytes(UTF_8), "AES");
        assertThatIllegalStateException().isThrownBy(() -> Sealed.open(otherKey, context, sealed));
        sealed[sealed.length - 1] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> Sealed.open(key, context, sealed));
    }
}
