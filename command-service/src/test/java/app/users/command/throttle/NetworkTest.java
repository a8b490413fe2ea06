package app.users.command.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @Test
    void anAddressOfVersion4IsItsOwnNetwork() {
        assertThat(Network.of("192.0.2.7"))
                .isEqualTo(Network.of("::ffff:192.0.2.7"))
                .isNotEqualTo(Network.of("192.0.2.8"));
    }

    @Test
    void anAddressOfVersion6BelongsToTheNetworkOfItsFirstHalf() {
        assertThat(Network.of("2001:db8:0:1::7"))
                .isEqualTo(Network.of("2001:DB8:0:1:ffff::8"))
                .isNotEqualTo(Network.of("2001:db8:0:2::7"));
    }

    @Test
    void theInterfaceAnAddressIsReachedByDoesNotMatter() {
        assertThat(Network.of("fe80::1%eth7")).isEqualTo(Network.of("fe80::2")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "host.invalid", "1.2.3.4.5", "1.2.3.256", ":", "%", "192.0.2.7\n"})
    void whatIsNoAddressIsNotLookedUp(String text) {
        assertThat(Network.of(text)).isEmpty();
    }
}
