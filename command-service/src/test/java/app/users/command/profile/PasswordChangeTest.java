package app.users.command.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import app.users.command.credentials.Credentials;
import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.PasswordRule;
import app.users.command.credentials.Passwords;
import app.users.command.credentials.Requester;
import app.users.command.security.SecurityLog;
import app.users.command.user.OwnData;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.value.Password;
import app.users.web.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

class PasswordChangeTest {

    private static final Requester REQUESTER = Requester.at("127.0.0.1");
    private static final Passwords PASSWORDS = new Passwords();
    private static final String STORED = PASSWORDS.hash(REQUESTER, "today's password");
    private static final long EPOCH = 3;
    private static final Caller CALLER = new Caller(1, "session", 0, 1, Instant.MAX);
    private static final Password TOMORROWS = new Password("tomorrow's password");
    private static final OwnData NO_DATA = new OwnData(List.of(), "", "");

    private final JdbcTemplate jdbc = mock(JdbcTemplate.class);

    @BeforeEach
    @SuppressWarnings("unchecked")
    void stored() {
        given(jdbc.query(contains("from credential"), any(RowMapper.class), any(Object[].class)))
                .willReturn(List.of(new Credential(STORED, EPOCH)));
    }

    @Test
    void hashesTheNewPasswordAndNamesTheEpochItWasAskedForIn() {
        NewPassword changed = Objects.requireNonNull(change().of(CALLER, REQUESTER, TOMORROWS, NO_DATA));
        assertThat(changed.epoch()).isEqualTo(EPOCH);
        assertThat(PASSWORDS.matches(REQUESTER, "tomorrow's password", changed.hash()))
                .isTrue();
    }

    @Test
    void todaysPasswordIsNoChange() {
        assertThat(change().of(CALLER, REQUESTER, new Password("today's password"), NO_DATA))
                .isNull();
    }

    @Test
    void aCommonPasswordIsRefused() {
        assertThatThrownBy(() -> change().of(CALLER, REQUESTER, new Password("password1"), NO_DATA))
                .hasMessage("common-password");
    }

    private PasswordChange change() {
        return new PasswordChange(
                new Credentials(jdbc, new SecurityLog(jdbc, Clock.systemUTC())), PASSWORDS, new PasswordRule());
    }
}
