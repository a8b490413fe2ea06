package app.users.web.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.settings.SettingFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What every service says of settings of tokens that it cannot start with. */
class TokenSettingsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(TokenProperties.class)
    static class Records {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            users.token.issuer=        | users.token.issuer is empty; it needs a text
            users.token.issuer=users   | users.token.issuer is "users"; it must be an address without a last slash, such as https://id.example/users
            users.token.issuer=https://id.example/users/    | users.token.issuer is "https://id.example/users/"; it must be an address without a last slash, such as https://id.example/users
            users.token.issuer=https://id.example/users?a=b | users.token.issuer is "https://id.example/users?a=b"; it must be an address without a last slash, such as https://id.example/users
            users.token.audience=      | users.token.audience is empty; it needs a text
            users.token.jwks-uri=/jwks | users.token.jwks-uri is "/jwks"; it must be an absolute address such as http://host:8080
            """)
    void saysOfAWrongSettingWhichItIsAndWhatIsRight(String setting, String sentence) {
        new ApplicationContextRunner()
                .withUserConfiguration(Records.class)
                .withPropertyValues(setting)
                .run(context -> assertThat(SettingFailure.sentence(context.getStartupFailure()))
                        .contains(sentence));
    }
}
