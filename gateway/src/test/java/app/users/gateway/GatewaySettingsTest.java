package app.users.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.settings.SettingFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What the gateway says of settings that it cannot start with. */
class GatewaySettingsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(GatewayProperties.class)
    static class Records {}

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "/users", "ftp://host", "http://"})
    void saysWhatAnAddressLooksLike(String value) {
        new ApplicationContextRunner()
                .withUserConfiguration(Records.class)
                .withPropertyValues("users.gateway.command=" + value)
                .run(context -> assertThat(SettingFailure.sentence(context.getStartupFailure()))
                        .contains("users.gateway.command is \"" + value
                                + "\"; it must be an absolute address such as http://host:8080"));
    }
}
