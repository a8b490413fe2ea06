package app.users.command.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMessagesTest {

    private final TextMessages everywhere = new TextMessages(Set.of());

    @ParameterizedTest
    @ValueSource(strings = {"+79967348137", "+4915123456789", "+447400123456", "+12015550123", "+77710009998"})
    void reachMobileNumbers(String number) {
        assertThat(everywhere.reach(number)).isTrue();
    }

    /** Some of them take text messages, and none costs more than a mobile number. */
    @ParameterizedTest
    @ValueSource(strings = {"+442079460958", "+4930123456", "+18002345678"})
    void reachNumbersOfTheUsualPrice(String number) {
        assertThat(everywhere.reach(number)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "premium rate, +499001234567",
        "premium rate, +19002345678",
        "premium rate, +979123456789",
        "shared cost, +4918012345",
        "shared cost, +80812345678",
        "personal number, +447012345678",
        "company, +4918500123456",
        "voice mail, +49177991234567",
        "pager, +4916412345"
    })
    void reachNoNumberThatCostsMore(String kind, String number) {
        assertThat(everywhere.reach(number)).as(kind).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+870773111632",
                "+881612345678",
                "+8823421234",
                "+883510012345",
                "+80012345678",
                "+878101234567890"
            })
    void reachNoNumberWithoutACountry(String number) {
        assertThat(everywhere.reach(number)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no number", "79967348137"})
    void reachNothingThatIsNoNumber(String text) {
        assertThat(everywhere.reach(text)).isFalse();
    }

    @Test
    void reachOnlyTheCountriesThatAreNamed() {
        TextMessages texts = new TextMessages(Set.of("DE", "RU"));
        assertThat(texts.reach("+4915123456789")).isTrue();
        assertThat(texts.reach("+79967348137")).isTrue();
        assertThat(texts.reach("+33612345678")).isFalse();
        assertThat(texts.reach("+499001234567")).isFalse();
    }

    @Test
    void tellCountriesApartThatShareACountryCode() {
        TextMessages texts = new TextMessages(Set.of("RU"));
        assertThat(texts.reach("+77710009998")).isFalse();
        assertThat(new TextMessages(Set.of("KZ")).reach("+77710009998")).isTrue();
        assertThat(new TextMessages(Set.of("US")).reach("+12425551234")).isFalse();
    }

    /** Such as numbers of a range that is not in use yet. */
    @Test
    void reachANumberOfNoKnownCountryOnlyWhereAllAreReached() {
        assertThat(everywhere.reach("+12530000000")).isTrue();
        assertThat(new TextMessages(Set.of("US")).reach("+10000000000")).isFalse();
    }

    @Test
    void countriesAreTwoLettersOfIso3166() {
        assertThat(TextMessages.isCountry("DE")).isTrue();
        assertThat(TextMessages.isCountry("UK")).isFalse();
        assertThat(TextMessages.isCountry("DEU")).isFalse();
        assertThat(TextMessages.isCountry("001")).isFalse();
    }
}
