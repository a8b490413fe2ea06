package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientTest {

    @ParameterizedTest
    @ValueSource(strings = {"curl/8.5", "Заказы/2.1", "My App™", "日本 😀"})
    void showsWhatAClientCallsItselfInUtf8(String agent) {
        assertThat(agent(new String(agent.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                .isEqualTo(agent);
    }

    @Test
    void showsOtherBytesAsLatin1() {
        assertThat(agent("Caf\u00e9/1")).isEqualTo("Café/1");
    }

    @Test
    void leavesOutWhatCannotBeSeen() {
        assertThat(agent("a\u0085b\tc")).isEqualTo("abc");
    }

    @Test
    void keeps200CharactersAndSplitsNone() {
        String latin1 = new String("😀".repeat(150).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(agent(latin1)).isEqualTo("😀".repeat(100));
        assertThat(agent("x" + latin1)).isEqualTo("x" + "😀".repeat(99));
    }

    private static String agent(String header) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("User-Agent", header);
        return Client.of(request).agent();
    }
}
