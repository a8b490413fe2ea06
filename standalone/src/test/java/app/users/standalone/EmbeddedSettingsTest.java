package app.users.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.users.settings.InvalidSetting;
import app.users.settings.SettingFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** Which servers come along. */
class EmbeddedSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            postgres.port=0            | users.embedded.postgres.port is 0; it must be from 1 to 65535
            kafka.port=70000           | users.embedded.kafka.port is 70000; it must be from 1 to 65535
            kafka.controller-port=-1   | users.embedded.kafka.controller-port is -1; it must be from 1 to 65535
            mongo.port=mongo           | users.embedded.mongo.port is "mongo"; it must be a whole number
            mongo.enabled=of           | users.embedded.mongo.enabled is "of"; it must be true or false
            mail.smtp-port=0           | users.embedded.mail.smtp-port is 0; it must be from 1 to 65535
            mail.imap-port=0           | users.embedded.mail.imap-port is 0; it must be from 1 to 65535
            mail.page-port=0           | users.embedded.mail.page-port is 0; it must be from 1 to 65535
            """)
    void saysOfAWrongSettingWhichItIsAndWhatIsRight(String setting, String sentence) {
        MockEnvironment environment = environment("users.embedded." + setting);
        assertThat(SettingFailure.sentence(catchThrowable(() -> EmbeddedSettings.from(environment))))
                .contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "kafka", "mongo", "mail"})
    void noServerComesAlongInProduction(String server) {
        MockEnvironment environment = environment(
                "users.mode=production",
                "users.embedded.postgres.enabled=false",
                "users.embedded.kafka.enabled=false",
                "users.embedded.mongo.enabled=false",
                "users.embedded.mail.enabled=false");
        assertThat(EmbeddedSettings.from(environment).kafka().enabled()).isFalse();

        String setting = "users.embedded." + server + ".enabled";
        environment.setProperty(setting, "true");
        assertThatThrownBy(() -> EmbeddedSettings.from(environment))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith(setting + " is true; users.mode=production needs a server of your own");
    }

    @Test
    void aFileOfSettingsComesTooLate() {
        EmbeddedSettings early = EmbeddedSettings.from(environment());
        early.checkUnchanged(environment("server.port=1"));
        assertThatThrownBy(() -> early.checkUnchanged(environment("users.embedded.kafka.enabled=false")))
                .hasMessageStartingWith("users.embedded is set in a file");
    }

    private static MockEnvironment environment(String... settings) {
        MockEnvironment environment = new MockEnvironment();
        for (String setting : settings) {
            int at = setting.indexOf('=');
            environment.setProperty(setting.substring(0, at), setting.substring(at + 1));
        }
        return environment;
    }
}
