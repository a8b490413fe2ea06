package app.users.web.cors;

import app.users.settings.InvalidSetting;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages of other origins may call from a browser. Set where clients arrive: at the gateway, or in the one process.
 *
 * @param origins such as {@code https://shop.example}; none by default
 */
@ConfigurationProperties("users.cors")
record CorsProperties(@DefaultValue List<String> origins) {

    CorsProperties {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            if (!origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+")) {
                throw new InvalidSetting(
                        "users.cors.origins",
                        "has \"%s\"; an origin is scheme and host, such as https://shop.example".formatted(origin));
            }
        }
    }
}
