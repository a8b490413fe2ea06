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
import java.util.stream.Stream;

/** The keys of this installation: made at the first start, kept for the owner's eyes beside the data. */
final class StandaloneSecrets {

    private static final List<String> KEYS =
            List.of("users.master-key", "users.hash-key", "users.refresh-key", "users.confirmation.key");

    private static final String FILE = "secrets.properties";
    private static final String SIGNING_KEY = "users.token.signing-key";
    private static final String PREVIOUS_KEYS = "users.token.previous-signing-keys";

    /** Tokens live minutes: nobody needs more. */
    private static final int MOST_PREVIOUS = 4;

    private StandaloneSecrets() {}

    static Map<String, Object> in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                write(file, made());
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

    /** Signs with a new key from the next start on; the old one still verifies. */
    static void rotateSigningKey(Path folder) {
        Map<String, Object> secrets = in(folder);
        String previous = Stream.of(secrets.get(SIGNING_KEY), secrets.getOrDefault(PREVIOUS_KEYS, ""))
                .flatMap(keys -> Stream.of(keys.toString().split(",")))
                .filter(key -> !key.isBlank())
                .limit(MOST_PREVIOUS)
                .collect(Collectors.joining(","));
        secrets.put(PREVIOUS_KEYS, previous);
        secrets.put(SIGNING_KEY, signingKey());
        try {
            write(folder.resolve(FILE), secrets);
        } catch (IOException e) {
            throw new InvalidSetting("users.data", "is \"%s\"; its keys cannot be written (%s)".formatted(folder, e));
        }
    }

    private static Map<String, Object> made() {
        Map<String, Object> made = new TreeMap<>();
        for (String key : KEYS) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            made.put(key, Base64.getEncoder().encodeToString(random));
        }
        made.put(SIGNING_KEY, signingKey());
        return made;
    }

    private static void write(Path file, Map<String, Object> secrets) throws IOException {
        String text = secrets.entrySet().stream()
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
