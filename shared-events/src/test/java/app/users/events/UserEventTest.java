package app.users.events;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.ConfirmationCode.Purpose;
import app.users.events.MailState.State;
import app.users.events.SecurityEvent.PasswordResetRefused;
import app.users.events.SecurityEvent.RefreshReused;
import app.users.events.SecurityEvent.SessionsRevoked;
import app.users.events.SecurityEvent.SignInRefused;
import app.users.events.SecurityEvent.SignedIn;
import app.users.events.UserEvent.CodeRequested;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an event says of itself, read from the golden examples. */
class UserEventTest {

    @ParameterizedTest
    @CsvSource({
        "user.registered.v1,                    true",
        "user.profile-changed.v1,               true",
        "user.email-changed.v1,                 true",
        "user.number-changed.v1,                true",
        "user.executor-changed.v1,              true",
        "user.email-confirmed.v1,               true",
        "user.number-confirmed.v1,              true",
        "user.erased.v1,                        true",
        "user.password-changed.v1,              false",
        "user.session-ended.v2,                 false",
        "user.sessions-ended.v1,                false",
        "user.notice-requested.v1,              false",
        "user.email-lost.v1,                    false",
        "user.number-lost.v1,                   false",
        "user.email-confirmation-requested.v1,  false",
        "user.number-confirmation-requested.v1, false",
        "user.password-reset-requested.v1,      false",
        "user.email-confirmation-failed.v1,     false",
        "user.number-confirmation-failed.v1,    false",
        "user.password-reset-failed.v1,         false"
    })
    void movesTheEntityTagIfReadsShowIt(String wireName, boolean visible) throws IOException {
        assertThat(golden(wireName).visible()).isEqualTo(visible);
    }

    @Test
    void aRequestedCodeSaysWhatForAndWhereTo() throws IOException {
        var email = (CodeRequested) golden("user.email-confirmation-requested.v1");
        var number = (CodeRequested) golden("user.number-confirmation-requested.v1");
        var password = (CodeRequested) golden("user.password-reset-requested.v1");
        assertThat(email.purpose()).isEqualTo(Purpose.EMAIL);
        assertThat(number.purpose()).isEqualTo(Purpose.NUMBER);
        assertThat(password.purpose()).isEqualTo(Purpose.PASSWORD);
        assertThat(email.address()).contains("@");
        assertThat(number.address()).startsWith("+");
        assertThat(password.address()).contains("@");
    }

    @Test
    void onlySentAndFailedMailsAreFinal() {
        assertThat(Arrays.stream(State.values()).filter(State::isFinal)).containsExactly(State.SENT, State.FAILED);
    }

    @Test
    void aSecurityEventIsAboutAUserOrAnIdentifierOfNobody() {
        assertThat(new SignedIn(7, "s", "c").subject()).isEqualTo("7");
        assertThat(new RefreshReused(7, "s").subject()).isEqualTo("7");
        assertThat(new SessionsRevoked(7, null, null).subject()).isEqualTo("7");
        assertThat(refused(7L).subject()).isEqualTo("7");
        assertThat(refused(null).subject()).isEqualTo("hash");
        assertThat(new PasswordResetRefused(7L, "hash", "network", Instant.EPOCH, 1).subject())
                .isEqualTo("7");
        assertThat(new PasswordResetRefused(null, "hash", "network", Instant.EPOCH, 1).subject())
                .isEqualTo("hash");
        assertThat(refused(null).wireName()).isEqualTo("user.sign-in-refused.v1");
    }

    private static SignInRefused refused(@Nullable Long user) {
        return new SignInRefused(user, SignInRefused.Reason.CREDENTIALS, "hash", "network", Instant.EPOCH, 1, null);
    }

    private static UserEvent golden(String wireName) throws IOException {
        try (InputStream golden = UserEventTest.class.getResourceAsStream("/golden/" + wireName + ".json")) {
            return EventType.named(wireName)
                    .orElseThrow()
                    .read(Objects.requireNonNull(golden, wireName).readAllBytes());
        }
    }
}
