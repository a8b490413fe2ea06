package app.users.standalone;

import app.users.embedded.PostgresPasswords;
import app.users.settings.InvalidSetting;
import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
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

/** The keys and passwords of this installation: made at the first start, kept beside the data, readable by the owner only. */
final class StandaloneSecrets {

    private static final String MASTER_KEY = "users.master-key";
    private static final String PREVIOUS_MASTER_KEYS = "users.previous-master-keys";
    private static final List<String> KEYS =
            List.of(MASTER_KEY, "users.hash-key", "users.refresh-key", "users.confirmation.key");

    private static final String FILE = "secrets.properties";
    private static final String SIGNING_KEY = "users.token.signing-key";
    private static final String PREVIOUS_SIGNING_KEYS = "users.token.previous-signing-keys";

    private static final String SUPERUSER_PASSWORD = "postgres.superuser-password";
    private static final String OWNER_PASSWORD = "postgres.owner-password";
    private static final String SERVICE_PASSWORD = "postgres.service-password";
    private static final List<String> PASSWORDS = List.of(SUPERUSER_PASSWORD, OWNER_PASSWORD, SERVICE_PASSWORD);

    /** Stored data does not depend on these, so a file of an earlier version gets them; a missing key is never replaced. */
    private static final List<String> ADDED = Stream.concat(PASSWORDS.stream(), Stream.of("users.management.token"))
            .toList();

    /** Tokens live minutes: nobody needs more. */
    private static final int MOST_PREVIOUS = 4;

    private StandaloneSecrets() {}

    /** The keys, as settings. */
    static Map<String, Object> in(Path folder) {
        Map<String, Object> settings = all(folder);
        PASSWORDS.forEach(settings::remove);
        return settings;
    }

    /** The passwords of the embedded PostgreSQL. */
    static PostgresPasswords passwords(Path folder) {
        Map<String, Object> all = all(folder);
        return new PostgresPasswords(
                String.valueOf(all.get(SUPERUSER_PASSWORD)),
                String.valueOf(all.get(OWNER_PASSWORD)),
                String.valueOf(all.get(SERVICE_PASSWORD)));
    }

    private static Map<String, Object> all(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            Map<String, Object> kept = Files.exists(file) ? read(file) : made();
            Map<String, Object> secrets = new TreeMap<>(kept);
            ADDED.forEach(name -> secrets.computeIfAbsent(name, missing -> randomKey()));
            if (!secrets.equals(kept) || !Files.exists(file)) {
                write(file, secrets);
            }
            return secrets;
        } catch (IOException e) {
            throw new InvalidSetting(
                    "users.data", "is \"%s\"; its keys cannot be read or made (%s)".formatted(folder, e));
        }
    }

    private static Map<String, Object> read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        Map<String, Object> secrets = new TreeMap<>();
        properties.stringPropertyNames().forEach(n -> secrets.put(n, properties.getProperty(n)));
        return secrets;
    }

    /** Signs with a new key from the next start on; the old one still verifies. */
    static void rotateSigningKey(Path folder) {
        rotate(folder, SIGNING_KEY, signingKey(), PREVIOUS_SIGNING_KEYS, MOST_PREVIOUS);
    }

    /** Wraps with a new key from the next start on; none of the old ones may go before the log says so. */
    static void rotateMasterKey(Path folder) {
        rotate(folder, MASTER_KEY, randomKey(), PREVIOUS_MASTER_KEYS, Integer.MAX_VALUE);
    }

    private static void rotate(Path folder, String name, String key, String previousName, int most) {
        Map<String, Object> secrets = all(folder);
        String previous = Stream.of(secrets.get(name), secrets.getOrDefault(previousName, ""))
                .flatMap(keys -> Stream.of(keys.toString().split(",")))
                .filter(one -> !one.isBlank())
                .limit(most)
                .collect(Collectors.joining(","));
        secrets.put(previousName, previous);
        secrets.put(name, key);
        try {
            write(folder.resolve(FILE), secrets);
        } catch (IOException e) {
            throw new InvalidSetting("users.data", "is \"%s\"; its keys cannot be written (%s)".formatted(folder, e));
        }
    }

    private static Map<String, Object> made() {
        Map<String, Object> made = new TreeMap<>();
        for (String key : KEYS) {
            made.put(key, randomKey());
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
        // what is made with these secrets must not survive a power cut that they do not survive
        try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static String randomKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
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
