package app.users.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What a process says, as a whole, when it is not set up well. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

    private static final String ZEROS = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String RANDOM = random(1);
    private static final String KEY = "--users.example.secret-key=";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            count=three     | users.example.count is "three"; it must be a whole number
            count=0         | users.example.count is 0; it must be at least 1
            flag=maybe      | users.example.flag is "maybe"; it must be true or false
            often=daily     | users.example.often is "daily"; it must be a time such as 500ms, 10s, 15m or 2h
            often=10ms      | users.example.often is 10ms; it must be at least 1s
            address=ftp://h | users.example.address is "ftp://h"; it must be an absolute address such as http://host:8080
            address=host    | users.example.address is "host"; it must be an absolute address such as http://host:8080
            colours=blue,x  | users.example.colours is "blue,x"; it must be one of light-red, blue
            secret-key=!    | users.example.secret-key is not base64; set it to base64 of 32 random bytes
            secret-key=c2hvcnQ= | users.example.secret-key has 5 bytes; set it to base64 of 32 random bytes
            secret-key=     | users.example.secret-key has 0 bytes; set it to base64 of 32 random bytes
            coutn=1         | users.example.coutn is no setting; did you mean users.example.count?
            """)
    void saysOfAWrongSettingWhichItIsAndWhatIsRight(String setting, String sentence, CapturedOutput output) {
        String argument = "--users.example." + setting;
        if (argument.startsWith(KEY)) {
            refused(output, sentence, argument);
        } else {
            refused(output, sentence, KEY + RANDOM, argument);
        }
    }

    @Test
    void saysWhichSecretIsMissing(CapturedOutput output) {
        refused(output, "users.example.secret-key is missing; set it to base64 of 32 random bytes");
    }

    @Test
    void explainsAnybodysOwnCheckToo(CapturedOutput output) {
        refused(output, "users.other: count must not be negative", KEY + RANDOM, "--users.other.count=-1");
    }

    @Test
    void explainsSpringsOwnSettingsToo(CapturedOutput output) {
        refused(
                output,
                "spring.main.lazy-initialization is \"x\"; it must be true or false",
                KEY + RANDOM,
                "--spring.main.lazy-initialization=x");
    }

    @Test
    void neverShowsASecret(CapturedOutput output) {
        refused(output, "users.example.secret-key is not base64", KEY + "my!Secret");
        assertThat(output.getAll()).doesNotContain("my!Secret");
        assertThat(Key.of(RANDOM)).hasToString("(secret)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.exampel.count", "users.masterkeys", "users.nonsense"})
    void refusesAnUnknownName(String name, CapturedOutput output) {
        refused(output, name + " is no setting; did you mean users.", KEY + RANDOM, "--" + name + "=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users.example.COUNT=1",
                "users.example.colours[0]=blue",
                "users.example.secretKey=" + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "users.query.wait=1s" // another service's
            })
    void takesEveryKnownNameHoweverItIsWritten(String setting) {
        start(KEY + RANDOM, "--" + setting).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"USERS_PORT", "USERS_SERVICE_HOST", "USERS_EXAMPLE_SECRET_KEY", "USERS_EXAMPLE_SECRETKEY"})
    void leavesTheVariablesOfStrangersAlone(String variable) {
        environment(variable, RANDOM, KEY + RANDOM).close();
    }

    @Test
    void refusesAVariableThatIsNearlyOneOfOurs(CapturedOutput output) {
        assertThatThrownBy(() -> environment("USERS_EXAMPLE_COUN", "1", KEY + RANDOM))
                .hasMessage("users.example.coun is no setting; did you mean users.example.count?");
        says(output, "did you mean users.example.count?");
    }

    static Stream<String> weakKeys() {
        byte[] counting = new byte[32];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) (200 + i);
        }
        return Stream.of(
                ZEROS,
                Base64.getEncoder().encodeToString(counting),
                Base64.getEncoder().encodeToString("0123456789abcdef".repeat(2).getBytes()),
                Base64.getEncoder().encodeToString("please change this key in production!".getBytes()));
    }

    @ParameterizedTest
    @MethodSource("weakKeys")
    void takesNoKeyInProductionThatCouldBeGuessed(String key, CapturedOutput output) {
        start(KEY + key).close();
        refused(output, "users.example.secret-key could be guessed", KEY + key, "--users.mode=production");
    }

    @Test
    void looksAtEachOfSeveralKeysInProduction(CapturedOutput output) {
        String several = "--users.example.old-keys=" + random(2) + ",";
        refused(
                output,
                "users.example.old-keys could be guessed",
                KEY + RANDOM,
                several + ZEROS,
                "--users.mode=production");
        start(KEY + RANDOM, several + random(3), "--users.mode=production").close();
    }

    @Test
    void takesNoKeyForTwoPurposesInProduction(CapturedOutput output) {
        String other = "--users.example.other-key=";
        refused(
                output,
                "users.example.other-key is the same key as users.example.secret-key",
                KEY + RANDOM,
                other + RANDOM,
                "--users.mode=production");
        start(KEY + RANDOM, other + random(2), "--users.mode=production").close();
    }

    @Test
    void knowsTwoModes(CapturedOutput output) {
        refused(
                output,
                "users.mode is \"prod\"; it must be one of standalone, production",
                KEY + RANDOM,
                "--users.mode=prod");
    }

    private static void refused(CapturedOutput output, String sentence, String... arguments) {
        assertThatThrownBy(() -> start(arguments)).isInstanceOf(Exception.class);
        says(output, sentence);
    }

    private static void says(CapturedOutput output, String sentence) {
        assertThat(output.getAll()).contains(sentence).doesNotContain("\tat ");
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return application().run(arguments);
    }

    private static ConfigurableApplicationContext environment(String variable, String value, String argument) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, Map.of(variable, value)));
        SpringApplication application = application();
        application.setEnvironment(environment);
        return application.run(argument);
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Example.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    private static String random(long seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
