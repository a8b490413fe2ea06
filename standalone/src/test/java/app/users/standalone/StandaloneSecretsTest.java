package app.users.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.embedded.PostgresPasswords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneSecretsTest {

    private static final String CURRENT = "users.token.signing-key";
    private static final String PREVIOUS = "users.token.previous-signing-keys";

    @TempDir
    private Path folder;

    /** Security line 24. */
    @Test
    void areMadeOnceAndForTheOwnersEyesOnly() throws IOException {
        Map<String, Object> made = StandaloneSecrets.in(folder);
        assertThat(StandaloneSecrets.in(folder)).isEqualTo(made).hasSize(6);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anEarlierInstallationGetsAManagementTokenAndKeepsItsKeys() throws IOException {
        Map<String, Object> made = StandaloneSecrets.in(folder);
        Path file = folder.resolve("secrets.properties");
        String earlier = Files.readString(file).replaceAll("(?m)^users\\.management\\.token=.*\n", "");
        Files.writeString(file, earlier);

        Map<String, Object> now = StandaloneSecrets.in(folder);
        assertThat(now).containsOnlyKeys(made.keySet());
        assertThat(now.get("users.management.token")).isNotEqualTo(made.get("users.management.token"));
        assertThat(now.get("users.master-key")).isEqualTo(made.get("users.master-key"));
        assertThat(StandaloneSecrets.in(folder)).isEqualTo(now);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void passwordsAreMadeOnceAndAreNoSettings() {
        PostgresPasswords made = StandaloneSecrets.passwords(folder);
        assertThat(StandaloneSecrets.passwords(folder)).isEqualTo(made);
        assertThat(Set.of(made.superuser(), made.owner(), made.service())).hasSize(3);
        assertThat(StandaloneSecrets.in(folder).keySet()).allMatch(name -> name.startsWith("users."));
        StandaloneSecrets.rotateMasterKey(folder);
        assertThat(StandaloneSecrets.passwords(folder)).isEqualTo(made);
    }

    @Test
    void aFolderOfAnEarlierVersionGetsPasswordsAndKeepsItsKeys() throws IOException {
        Path file = folder.resolve("secrets.properties");
        Map<String, Object> before = StandaloneSecrets.in(folder);
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("postgres."))
                        .toList());

        PostgresPasswords added = StandaloneSecrets.passwords(folder);
        assertThat(StandaloneSecrets.passwords(folder)).isEqualTo(added);
        assertThat(StandaloneSecrets.in(folder)).isEqualTo(before);
    }

    @Test
    void aMissingKeyIsNeverReplaced() throws IOException {
        StandaloneSecrets.in(folder);
        Path file = folder.resolve("secrets.properties");
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("users.master-key"))
                        .toList());
        assertThat(StandaloneSecrets.in(folder)).doesNotContainKey("users.master-key");
    }

    /** Security line 11. */
    @Test
    void aNewSigningKeyKeepsTheOldOneToVerifyWith() throws IOException {
        Map<String, Object> before = StandaloneSecrets.in(folder);
        StandaloneSecrets.rotateSigningKey(folder);
        Map<String, Object> after = StandaloneSecrets.in(folder);
        assertThat(after.get(CURRENT)).isNotEqualTo(before.get(CURRENT));
        assertThat(after.get(PREVIOUS)).isEqualTo(before.get(CURRENT));
        assertThat(after.get("users.master-key")).isEqualTo(before.get("users.master-key"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.properties"))))
                .isEqualTo("rw-------");

        StandaloneSecrets.rotateSigningKey(folder);
        assertThat(StandaloneSecrets.in(folder).get(PREVIOUS))
                .isEqualTo(after.get(CURRENT) + "," + before.get(CURRENT));
    }

    /** Security line 28. */
    @Test
    void aNewMasterKeyKeepsAllFormerOnes() throws IOException {
        Map<String, Object> before = StandaloneSecrets.in(folder);
        for (int i = 0; i < 6; i++) {
            StandaloneSecrets.rotateMasterKey(folder);
        }
        Map<String, Object> after = StandaloneSecrets.in(folder);
        assertThat(after.get("users.master-key")).isNotEqualTo(before.get("users.master-key"));
        assertThat(String.valueOf(after.get("users.previous-master-keys")).split(","))
                .hasSize(6)
                .doesNotHaveDuplicates()
                .endsWith(String.valueOf(before.get("users.master-key")));
        assertThat(after.get(CURRENT)).isEqualTo(before.get(CURRENT));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }
}
