package app.users.standalone;

import app.users.settings.InvalidSetting;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The keys of this installation: made at the first start, kept for the owner's eyes beside the data. */
final class StandaloneSecrets {

    private static final List<String> KEYS =
            List.of("users.master-key", "users.hash-key", "users.refresh-key", "users.confirmation.key");

    private StandaloneSecrets() {}

    static Map<String, Object> in(Path folder) {
        Path file = folder.resolve("secrets.properties");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                write(file);
            }
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            Map<String, Object> secrets = new TreeMap<>();
            properties.stringPropertyNames().forEach(n -> secrets.put(n, properties.getProperty(n)));
            return secrets;
        } catch (IOException e) {
            throw new InvalidSetting(
                    "users.data", "is \"%s\"; its keys cannot be read or made (%s)".formatted(folder, e));
        }
    }

    private static void write(Path file) throws IOException {
        Map<String, String> made = new TreeMap<>();
        for (String key : KEYS) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            made.put(key, Base64.getEncoder().encodeToString(random));
        }
        made.put("users.token.signing-key", signingKey());
        String text = made.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("\n", "# Without these keys the data beside them cannot be read.\n", "\n"));
        Path unfinished = file.resolveSibling("secrets.part");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, text, StandardOpenOption.SYNC);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String signingKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }
}
