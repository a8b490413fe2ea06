package app.users.notification.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Anna",
                "user1",
                "Anna Maria",
                "Жан-Поль",
                "D'Arcy",
                "O’Neil",
                "J. R. Tolkien",
                "María José",
                "李小龍",
                "นภา",
                "Amélie",
                "Ame\u0301lie",
                "Louis 14"
            })
    void greetsByAName(String name) {
        assertThat(Greeting.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user1@gmail.com",
                "https://evil.example/pay",
                "evil.example",
                "evil。example",
                "www.evil",
                "call 88005553535",
                "Pay your invoice now please",
                "Pay: now",
                "Win!",
                "Anna/Bob",
                "Anna, your account is closed",
                "a-very-long-name-that-is-longer-than-forty-characters",
                "",
                "<b>Anna</b>",
                "{code}",
                "🎁"
            })
    void leavesOutWhatIsNone(String name) {
        assertThat(Greeting.of(name)).isEmpty();
    }
}
