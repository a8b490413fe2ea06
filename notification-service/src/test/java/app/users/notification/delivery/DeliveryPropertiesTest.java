package app.users.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliveryPropertiesTest {

    @Test
    void hasDefaultsThatWork() {
        DeliveryProperties settings = bind(Map.of());
        assertThat(settings.concurrency()).isEqualTo(4);
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.sms().url()).isNull();
        assertThat(settings.sms().body()).contains("{number}", "{text}", "{id}");
    }

    @Test
    void takesHeadersAsTheyAreWritten() {
        DeliveryProperties settings = bind(
                Map.of("users.notification.sms.headers.X-Api-Key", "k", "users.notification.sms.url", "https://g"));
        assertThat(settings.sms().headers()).containsEntry("X-Api-Key", "k");
        assertThat(settings.sms().toString()).doesNotContain("k\"").doesNotContain("Api");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "from, nobody",
                "from, \"a@x.io, b@x.io\"",
                "concurrency, 0",
                "concurrency, 1000",
                "lease, 0s",
                "sms.url, ftp://x",
                "sms.url, /texts",
                "sms.content-type, text/plain",
                "sms.body, {text}",
                "sms.connect-timeout, 0s",
                "sms.read-timeout, -1s",
            })
    void namesTheSettingThatIsWrong(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("users.notification." + name, value)))
                .rootCause()
                .hasMessageStartingWith("users.notification." + name + " ");
    }

    private static DeliveryProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("users.notification", Bindable.of(DeliveryProperties.class));
    }
}
