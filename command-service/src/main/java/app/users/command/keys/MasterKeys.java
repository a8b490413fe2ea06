package app.users.command.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key that wraps, and those that did before: what they have wrapped still opens. */
final class MasterKeys {

    private record MasterKey(String fingerprint, SecretKey key) {

        static MasterKey of(byte[] bytes) {
            SecretKey key = new SecretKeySpec(bytes, 0, 32, "AES");
            return new MasterKey(fingerprint(key), key);
        }

        private static String fingerprint(SecretKey key) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update("master-key".getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest.digest(key.getEncoded()), 0, 4);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    private final MasterKey current;
    private final List<MasterKey> all;

    MasterKeys(byte[] current, List<byte[]> previous) {
        this.current = MasterKey.of(current);
        this.all = Stream.concat(Stream.of(this.current), previous.stream().map(MasterKey::of))
                .toList();
    }

    WrappedKey wrap(byte[] context, byte[] plain) {
        return new WrappedKey(Sealed.seal(current.key, context, plain), current.fingerprint);
    }

    /** Nothing when it is wrapped under none of these keys, or was tampered with. */
    Optional<byte[]> unwrap(byte[] context, WrappedKey wrapped) {
        for (MasterKey key : all) {
            if (wrapped.masterKey() == null || wrapped.masterKey().equals(key.fingerprint)) {
                Optional<byte[]> plain = Sealed.tryToOpen(key.key, context, wrapped.bytes());
                if (plain.isPresent()) {
                    return plain;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether this is the fingerprint of the key that wraps. */
    boolean isCurrent(@Nullable String fingerprint) {
        return current.fingerprint.equals(fingerprint);
    }

    boolean know(String fingerprint) {
        return all.stream().anyMatch(key -> key.fingerprint.equals(fingerprint));
    }

    boolean havePrevious() {
        return all.size() > 1;
    }
}
