package app.users.command.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    private static final String RUSSIAN = "a@xn--e1afmkfd.xn--p1ai";

    @Test
    void isShownAsTypedAndComparedWithoutCase() {
        assertThat(new Email(" User1@Gmail.com ").value()).isEqualTo("User1@Gmail.com");
        assertThat(Email.claimed(new Email("User1@Gmail.com").value())).isEqualTo("user1@gmail.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "a@b",
                "a b@x.io",
                "a@x..io",
                "a@-x.io",
                "a@x.io\r\nBcc: b@x.io",
                "<a@x.io>",
                "a@x.io, b@x.io",
                "\"a b\"@x.io",
                "a@[127.0.0.1]",
                "почта@x.io",
                "a＠x.io"
            })
    void rejectsWhatIsNoEmail(String value) {
        assertIsNoEmail(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b@x.org", ".a@x.org", "a.@x.org", "a@.x.org", "a@x.org.", "..@x.org"})
    void rejectsDotsThatSeparateNothing(String value) {
        assertIsNoEmail(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@127.0.0.1", "a@1.2", "a@x.0x7f", "a@x.1e", "a@[::1]", "a@１２７.0.0.1"})
    void rejectsNetworkAddressesForDomains(String value) {
        assertIsNoEmail(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@пример",
                "a@xn--a.org",
                "a@_x.пример",
                "a@exa\u00ADmple.org",
                "a@пример\u200B.рф",
                "a@\u202Eпример.рф",
                "a@пример.рф\u0000",
                "a@אb.example"
            })
    void rejectsWhatIsNoInternationalDomain(String value) {
        assertIsNoEmail(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user1@gmail.com",
                "o'neill+tag@mail.example.co.uk",
                "!#$%&'*+/=?^_`{|}~-@x.io",
                "a@ab--cd.example",
                "a@3com.com",
                "a@пример.рф",
                RUSSIAN,
                "a@例え.テスト",
                "a@नर्‍क.example"
            })
    void acceptsWhatTheMailerCanWrite(String value) {
        String mailed = Email.mailed(new Email(value).value());
        assertThat(mailed).isPrintable().matches("\\p{ASCII}+");
        assertThatCode(() -> new InternetAddress(mailed, true)).doesNotThrowAnyException();
    }

    @Test
    void internationalDomainsAreShownAsTypedAndMailedInAscii() {
        assertThat(new Email("a@Пример.рф").value()).isEqualTo("a@Пример.рф");
        assertThat(Email.mailed("A@Пример.рф")).isEqualTo("A@xn--e1afmkfd.xn--p1ai");
        assertThat(Email.mailed("A@Example.org")).isEqualTo("A@Example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@пример.рф",
                "A@ПРИМЕР.РФ",
                RUSSIAN,
                "a@XN--E1AFMKFD.xn--p1ai",
                "a@пример。рф",
                " a@пример.рф\u00A0"
            })
    void allSpellingsOfADomainAreOneAddress(String value) {
        assertThat(Email.claimed(new Email(value).value())).isEqualTo(RUSSIAN);
    }

    /** IDNA 2003 would turn the first domain into the second, which another person can own. */
    @ParameterizedTest
    @CsvSource({"a@straße.de, a@strasse.de", "a@ıphone.example, a@iphone.example", "a@İphone.example, a@iphone.example"
    })
    void domainsOfDifferentOwnersAreDifferent(String one, String other) {
        assertThat(Email.claimed(new Email(one).value())).isNotEqualTo(Email.claimed(new Email(other).value()));
        assertThat(Email.mailed(one)).isNotEqualTo(other);
    }

    @Test
    void isOneValueInBothFormsOfUnicode() {
        assertThat(new Email("a@cafe\u0301.example").value()).isEqualTo("a@caf\u00E9.example");
    }

    @Test
    void isLimitedAsItIsMailed() {
        String longest = "a@" + "x.".repeat(124) + "info";
        assertThat(new Email(longest).value()).hasSize(254);
        assertIsNoEmail("a" + longest);
        assertIsNoEmail("a".repeat(64) + "@" + "рф.".repeat(40) + "рф");
    }

    /** What was stored before today's rule is found and mailed as it was then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A..b@x.org",
                ".a@x.org",
                "a.@x.org",
                "user@127.0.0.1",
                "a@1.2",
                "a@XN--a.org",
                "a@ab--cd.example"
            })
    void earlierAddressesAreComparedAndMailedAsBefore(String value) {
        assertThat(Email.claimed(value)).isEqualTo(value.toLowerCase(Locale.ROOT));
        assertThat(Email.mailed(value)).isEqualTo(value);
        assertThat(Email.sought(" " + value)).isEqualTo(value.toLowerCase(Locale.ROOT));
    }

    @Test
    void whatNeverWasAnEmailIsNotSought() {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Email.sought("no email"));
        assertThat(Email.claimed("no email")).isEqualTo("no email");
    }

    @Test
    void aDomainOfAnyLengthIsRead() {
        String domain = IntStream.range(0x4E00, 0x4E00 + 20_000)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        assertThat(Email.claimed("a@" + domain)).isEqualTo("a@" + domain);
    }

    private static void assertIsNoEmail(String value) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new Email(value))
                .satisfies(e -> assertThat(e.code()).isEqualTo("bad-email"));
    }
}
