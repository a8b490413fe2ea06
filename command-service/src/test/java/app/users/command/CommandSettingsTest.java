package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.settings.SettingFailure;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What the command service says of settings that it cannot start with. */
class CommandSettingsTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[64]);

    private static final List<String> KEYS = List.of(
            "users.master-key",
            "users.hash-key",
            "users.refresh-key",
            "users.confirmation.key",
            "users.token.signing-key");

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Records.class);
    private final ApplicationContextRunner good =
            service.withPropertyValues(KEYS.stream().map(key -> key + "=" + KEY).toArray(String[]::new));

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan
    static class Records {}

    @Test
    void startsWithItsKeysAlone() {
        good.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            users.master-key=short           | users.master-key is not base64; set it to base64 of 32 random bytes
            users.hash-key=c2hvcnQ=          | users.hash-key has 5 bytes; set it to base64 of 32 random bytes
            users.refresh-key=               | users.refresh-key has 0 bytes; set it to base64 of 32 random bytes
            users.previous-master-keys=x     | users.previous-master-keys is not base64
            users.token.signing-key=x        | users.token.signing-key is not base64
            users.token.type=jws             | users.token.type is "jws"; it must be one of jwt, at+jwt
            users.token.access-lifetime=0s   | users.token.access-lifetime is 0s; it must be at least 1s
            users.token.session-lifetime=-1d | users.token.session-lifetime is -86400s; it must be at least 1s
            users.token.refresh-grace=9s     | users.token.refresh-grace is 9s; it must be at least 10s
            users.token.session-idle=week    | users.token.session-idle is "week"; it must be a time such as
            users.relay.partitions=0         | users.relay.partitions is 0; it must be at least 1
            users.relay.replicas=40000       | users.relay.replicas is 40000; it must be from 1 to 32767
            users.relay.housekeeping=1ms     | users.relay.housekeeping is 1ms; it must be at least 1s
            users.password.require-current=y | users.password.require-current is "y"; it must be true or false
            users.confirmation.tries=0       | users.confirmation.tries is 0; it must be at least 1
            users.confirmation.valid-for=0s  | users.confirmation.valid-for is 0s; it must be from 1s to 86400s
            users.throttle.known-for=soon    | users.throttle.known-for is "soon"; it must be a time such as
            users.throttle.token.count=many  | users.throttle.token.count is "many"; it must be a whole number
            users.throttle.token.count=99    | users.throttle.token.per is missing; set it to a time such as 1h
            users.throttle.token.per=1h      | users.throttle.token.count is 0; it must be at least 1
            users.throttle.wrong-passwords[0].count=9 | users.throttle.wrong-passwords[0].per is missing
            users.throttle.text-messages.count=0 | users.throttle.text-messages.count is 0; it must be at least 1
            users.throttle.text-messages-per-network.per=1h | users.throttle.text-messages-per-network.count is 0
            users.text-messages.countries=DE,UK | users.text-messages.countries has "UK"; it takes the two letters of countries
            users.text-messages.countries=Russia | users.text-messages.countries has "RUSSIA"; it takes the two letters
            users.text-messages.countries=001 | users.text-messages.countries has "001"; it takes the two letters
            users.executors.by-default=2     | users.executors.by-default is "2"; it must be true or false
            """)
    void saysOfAWrongSettingWhichItIsAndWhatIsRight(String setting, String sentence) {
        good.withPropertyValues(setting)
                .run(context -> assertThat(SettingFailure.sentence(context.getStartupFailure()))
                        .hasValueSatisfying(said -> assertThat(said).startsWith(sentence)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DE", "DE,RU", "de, ru"})
    void takesTheLettersOfCountries(String countries) {
        good.withPropertyValues("users.text-messages.countries=" + countries)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count=0,per=1h",
                "count=-1,per=1h",
                "count=9,per=0s",
                "count=9,per=-1h",
                "count=99999999999,per=1s"
            })
    void namesTheLimitThatMakesNoSense(String limit) {
        String[] parts = limit.split(",");
        good.withPropertyValues("users.throttle.confirm." + parts[0], "users.throttle.confirm." + parts[1])
                .run(context -> assertThat(SettingFailure.sentence(context.getStartupFailure()))
                        .hasValueSatisfying(said -> assertThat(said).startsWith("users.throttle.confirm.")));
    }

    @ParameterizedTest
    @FieldSource("KEYS")
    void saysWhichKeyIsMissing(String key) {
        String[] others = KEYS.stream()
                .filter(other -> !other.equals(key))
                .map(other -> other + "=" + KEY)
                .toArray(String[]::new);
        service.withPropertyValues(others)
                .run(context -> assertThat(SettingFailure.sentence(context.getStartupFailure()))
                        .hasValueSatisfying(
                                said -> assertThat(said).startsWith(key + " is missing; set it to base64 of ")));
    }
}
