package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.settings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./secrets} makes a complete {@code .env} for its owner only, and never changes one. */
class SecretsScriptTest {

    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", ""), "..", "secrets").toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeEach
    void copyScript() throws IOException {
        Files.copy(SCRIPT, folder.resolve("secrets"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void makesKeysThatTheServicesAccept() throws IOException, InterruptedException, GeneralSecurityException {
        assertThat(run()).isZero();
        Properties made = made();
        assertThat(made).hasSizeGreaterThan(8);
        for (Map.Entry<Object, Object> entry : made.entrySet()) {
            String name = entry.getKey().toString();
            String value = entry.getValue().toString();
            if (name.equals("USERS_TOKEN_SIGNING_KEY")) {
                var key = (ECPrivateKey) KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(value)));
                assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(256);
            } else if (name.endsWith("_KEY") || name.endsWith("_TOKEN")) {
                assertThat(Key.of(value).bytes()).as(name).hasSize(32);
            } else {
                assertThat(value).as(name).matches("[0-9a-f]{48}");
            }
        }
        assertThat(made.values()).doesNotHaveDuplicates();
    }

    @Test
    void makesAFileForItsOwnerOnly() throws IOException, InterruptedException {
        run();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(".env"))))
                .isEqualTo("rw-------");
    }

    @Test
    void neverChangesAnExistingFile() throws IOException, InterruptedException {
        Files.writeString(folder.resolve(".env"), "MINE=1\n");
        assertThat(run()).isEqualTo(1);
        assertThat(folder.resolve(".env")).hasContent("MINE=1\n");
    }

    @Test
    void leavesNothingElseBehind() throws IOException, InterruptedException {
        run();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".env", "secrets", "output");
        }
    }

    private int run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(folder.resolve("secrets").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Properties made() throws IOException {
        Properties made = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve(".env"))) {
            made.load(reader);
        }
        return made;
    }
}
