package app.users.command.aggregate;

import app.users.command.value.TextMessages;
import app.users.settings.InvalidSetting;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which numbers get codes by text message.
 *
 * @param countries whose numbers get codes, in ISO 3166 letters such as {@code DE,RU}; empty for all countries
 */
@ConfigurationProperties("users.text-messages")
record TextMessageProperties(@DefaultValue List<String> countries) {

    TextMessageProperties {
        countries = countries.stream()
                .map(letters -> letters.toUpperCase(Locale.ROOT))
                .toList();
        for (String letters : countries) {
            if (!TextMessages.isCountry(letters)) {
                throw new InvalidSetting(
                        "users.text-messages.countries",
                        "has \"%s\"; it takes the two letters of countries by ISO 3166, such as DE,RU"
                                .formatted(letters));
            }
        }
    }
}
