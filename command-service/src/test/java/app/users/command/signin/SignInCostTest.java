package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import app.users.command.credentials.Argon2;
import app.users.command.credentials.Credentials;
import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.Passwords;
import app.users.command.keys.UserKeys;
import app.users.command.keys.WrappedKey;
import app.users.command.security.SecurityLog;
import app.users.command.signin.Sessions.Grant;
import app.users.command.signin.SignInLookup.Account;
import app.users.command.signin.SignInLookup.Known;
import app.users.command.throttle.KnownAddresses;
import app.users.command.throttle.WrongPasswords;
import app.users.command.value.Identifier;
import app.users.web.problem.Rejected;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;

/** Security line 4: each try costs one hash, whoever is meant and however it ends. */
class SignInCostTest {

    private static final Client CLIENT = new Client("127.0.0.1", "test");

    private final AtomicInteger hashes = new AtomicInteger();
    private final Passwords passwords = new Passwords(
            (password, salt, memory, passes) -> {
                hashes.incrementAndGet();
                return Argon2.byBouncyCastle(password, salt, memory, passes);
            },
            System::nanoTime);
    private final Sessions sessions = mock();
    private final SignInLookup lookup = mock();
    private final SignIn signIn = new SignIn(
            lookup,
            mock(UserKeys.class),
            new Credentials(mock(), mock()),
            passwords,
            sessions,
            mock(WrongPasswords.class, Answers.RETURNS_MOCKS),
            mock(KnownAddresses.class),
            mock(SecurityLog.class),
            Clock.systemUTC());

    @Test
    void whoDoesNotExistOrWasErasedCostsOneHash() {
        isFound(0, passwords.nobody());
        assertThat(costOfRefusal("a password")).isOne();
    }

    @Test
    void aWrongPasswordCostsOneHash() {
        known("another password");
        assertThat(costOfRefusal("a password")).isOne();
    }

    @Test
    void theRightPasswordCostsOneHash() {
        known("a password");
        given(sessions.open(anyLong(), any(), any()))
                .willReturn(Optional.of(new Grant(1, 0, 1, UUID.randomUUID(), "opaque")));
        hashes.set(0);
        assertThat(signIn.with(Identifier.ofEmail("a@b.example"), "a password", CLIENT)
                        .user())
                .isOne();
        assertThat(hashes).hasValue(1);
    }

    private int costOfRefusal(String password) {
        hashes.set(0);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> signIn.with(Identifier.ofEmail("a@b.example"), password, CLIENT))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("bad-credentials"));
        return hashes.get();
    }

    private void known(String password) {
        isFound(1, passwords.hash(password));
    }

    private void isFound(long user, String hash) {
        Account account =
                new Account(user, new Credential(hash, 0), new WrappedKey(new byte[0], null), Optional.empty());
        given(lookup.find(any(), any(), any())).willReturn(new Known(new byte[32], account, false));
    }
}
