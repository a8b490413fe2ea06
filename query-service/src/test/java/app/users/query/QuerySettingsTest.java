package app.users.query;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.settings.SettingFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What the query service says of settings that it cannot start with. */
class QuerySettingsTest {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan
    static class Records {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            users.query.database=a/b       | users.query.database is "a/b"; it must be 1 to 63 letters, digits, _ or -
            users.query.group=             | users.query.group is empty; it needs a text
            users.query.concurrency=0      | users.query.concurrency is 0; it must be at least 1
            users.query.wait=11s           | users.query.wait is 11s; it must be from 0s to 10s
            users.executors.fields=emial   | users.executors.fields is "emial"; it must be one of email, number, address
            """)
    void saysOfAWrongSettingWhichItIsAndWhatIsRight(String setting, String sentence) {
        new ApplicationContextRunner()
                .withUserConfiguration(Records.class)
                .withPropertyValues(setting)
                .run(context -> assertThat(SettingFailure.sentence(context.getStartupFailure()))
                        .contains(sentence));
    }
}
