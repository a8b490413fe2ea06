package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written about settings is what the code says; {@code -Ddocs.write=true} rewrites it. */
class ConfigurationDocumentTest {

    private static final Path TOP =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();
    private static final Path PAGE = TOP.resolve("docs/configuration.md");
    private static final Path NAMES = TOP.resolve("shared-settings/src/main/resources/META-INF/users-settings.txt");
    private static final String BEGIN = "<!-- settings: written by ConfigurationDocumentTest -->\n";
    private static final String END = "<!-- /settings -->\n";
    private static final String COMMAND =
            "rewrite it: ./mvnw test -pl system-tests -am -Dtest=ConfigurationDocumentTest"
                    + " -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    private static ConfigurationDocument document;

    @BeforeAll
    static void read() throws IOException {
        document = ConfigurationDocument.of(TOP);
    }

    @Test
    void thePageHoldsEverySettingAsTheCodeHasIt() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        same(PAGE, before + document.tables() + after);
    }

    @Test
    void everyProcessKnowsTheNamesOfAllSettings() throws IOException {
        same(NAMES, document.names());
    }

    @Test
    void everyModuleIsReadAndEverySettingHasItsMeaning() {
        assertThat(document.modules())
                .extracting(ConfigurationDocument.Module::name)
                .contains(
                        "command-service",
                        "gateway",
                        "notification-service",
                        "query-service",
                        "shared-settings",
                        "shared-web",
                        "standalone");
        assertThat(document.settings())
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.name()).isNotBlank());
    }

    private static void same(Path file, String now) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, now);
        }
        assertThat(Files.readString(file)).as("%s; %s", file, COMMAND).isEqualTo(now);
    }
}
