package app.users.notification.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LedgerPropertiesTest {

    @ParameterizedTest
    @CsvSource({"database, a.b", "partitions, 0", "replicas, 0"})
    void namesTheSettingThatIsWrong(String name, String value) {
        var settings = new MapConfigurationPropertySource(Map.of("users.notification." + name, value));
        assertThatThrownBy(() ->
                        new Binder(settings).bindOrCreate("users.notification", Bindable.of(LedgerProperties.class)))
                .rootCause()
                .hasMessageStartingWith("users.notification." + name + " ");
    }
}
