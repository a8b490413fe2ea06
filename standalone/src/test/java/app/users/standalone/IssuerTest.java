package app.users.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** The issuer of tokens is the address that is printed, unless a setting names another. */
class IssuerTest {

    private final StandardEnvironment settings = new StandardEnvironment();

    IssuerTest() throws IOException {
        new YamlPropertySourceLoader()
                .load("standalone", new ClassPathResource("standalone.yml"))
                .forEach(settings.getPropertySources()::addLast);
    }

    @ParameterizedTest
    @CsvSource({"8080", "9000"})
    void isTheAddressWithTheConfiguredPort(String port) {
        with(Map.of("server.port", port));
        assertThat(issuer()).isEqualTo("http://localhost:" + port + "/users");
    }

    @Test
    void isTheAddressWithTheFreePortThatIsChosenForPortZero() {
        with(Map.of("server.port", "0"));
        String port = settings.getRequiredProperty("server.port");
        assertThat(Integer.parseInt(port)).isPositive();
        assertThat(issuer()).isEqualTo("http://localhost:" + port + "/users");
    }

    @Test
    void isWhatTheSettingSays() {
        with(Map.of("server.port", "9000", "users.token.issuer", "https://id.example/users"));
        assertThat(issuer()).isEqualTo("https://id.example/users");
    }

    private void with(Map<String, Object> arguments) {
        settings.getPropertySources().addFirst(new MapPropertySource("arguments", arguments));
        ChosenPort.in(settings);
    }

    private String issuer() {
        return settings.getRequiredProperty("users.token.issuer");
    }
}
