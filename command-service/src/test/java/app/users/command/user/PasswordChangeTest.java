package app.users.command.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import app.users.command.security.SecurityLog;
import app.users.command.token.Credentials;
import app.users.command.token.Credentials.Credential;
import app.users.command.token.Passwords;
import app.users.command.user.UserCommand.NewPassword;
import app.users.web.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class PasswordChangeTest {

    private static final Passwords PASSWORDS = new Passwords();
    private static final String STORED = PASSWORDS.hash("today's password");
    private static final long EPOCH = 3;
    private static final Caller CALLER = new Caller(1, "session", 0, 1, Instant.MAX);
    private static final JsonNode TODAYS = StringNode.valueOf("today's password");

    private final JdbcTemplate jdbc = mock(JdbcTemplate.class);

    @BeforeEach
    @SuppressWarnings("unchecked")
    void stored() {
        given(jdbc.query(contains("from credential"), any(RowMapper.class), any(Object[].class)))
                .willReturn(List.of(new Credential(STORED, EPOCH)));
    }

    @Test
    void hashesTheNewPasswordAndNamesTheEpochItWasAskedForIn() {
        NewPassword changed =
                Objects.requireNonNull(change(false).of(CALLER, "tomorrow's password", List.of(), TODAYS));
        assertThat(changed.epoch()).isEqualTo(EPOCH);
        assertThat(PASSWORDS.matches("tomorrow's password", changed.hash())).isTrue();
    }

    @Test
    void todaysPasswordIsNoChange() {
        assertThat(change(false).of(CALLER, "today's password", List.of(), null))
                .isNull();
    }

    @Test
    void aWrongCurrentPasswordIsRefused() {
        assertThatThrownBy(() -> change(false).of(CALLER, "tomorrow's password", List.of(), StringNode.valueOf("x")))
                .hasMessage("wrong-password");
    }

    @Test
    void theCurrentPasswordIsNeededWhereTheConfigurationSaysSo() {
        assertThatThrownBy(() -> change(true).of(CALLER, "tomorrow's password", List.of(), null))
                .hasMessage("current-required");
        assertThat(change(true).of(CALLER, "tomorrow's password", List.of(), TODAYS))
                .isNotNull();
    }

    @Test
    void aCommonPasswordIsRefused() {
        assertThatThrownBy(() -> change(false).of(CALLER, "password1", List.of(), null))
                .hasMessage("common-password");
    }

    private PasswordChange change(boolean requireCurrent) {
        PasswordRule rule = new PasswordRule(new CommonPasswords(8), mock(Claims.class));
        return new PasswordChange(
                new Credentials(jdbc, new SecurityLog(jdbc, Clock.systemUTC())), PASSWORDS, rule, requireCurrent);
    }
}
