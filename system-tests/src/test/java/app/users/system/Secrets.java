package app.users.system;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Keys such as an installation of its own needs, as arguments. */
public record Secrets(List<String> arguments, String hashKey, String signingKey, String managementToken) {

    public static Secrets random() {
        Stream<String> keys = Stream.of("master-key", "refresh-key", "confirmation.key")
                .map(name -> "--users." + name + "=" + encoded(randomBytes()));
        String hashKey = encoded(randomBytes());
        String signingKey = encoded(newSigningKey());
        String managementToken = encoded(randomBytes());
        Stream<String> others = Stream.of(
                "--users.hash-key=" + hashKey,
                "--users.token.signing-key=" + signingKey,
                "--users.management.token=" + managementToken);
        return new Secrets(Stream.concat(keys, others).toList(), hashKey, signingKey, managementToken);
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] newSigningKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
