package app.users.command.profile;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import app.users.command.aggregate.Claims;
import app.users.command.credentials.Credentials;
import app.users.command.credentials.Credentials.Credential;
import app.users.command.credentials.Passwords;
import app.users.command.credentials.Requester;
import app.users.command.security.SecurityLog;
import app.users.command.throttle.WrongPasswords;
import app.users.command.user.Field;
import app.users.command.value.Identifier;
import app.users.web.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.node.StringNode;

class CurrentPasswordTest {

    private static final Requester REQUESTER = Requester.at("127.0.0.1");
    private static final Passwords PASSWORDS = new Passwords();
    private static final String STORED = PASSWORDS.hash(REQUESTER, "today's password");
    private static final Caller CALLER = new Caller(1, "session", 0, 1, Instant.MAX);
    private static final Map<Field, String> NEW = Map.of(
            Field.EMAIL, "new@x.io",
            Field.NUMBER, "+79967348130",
            Field.PASSWORD, "tomorrow's password");

    private final JdbcTemplate jdbc = mock(JdbcTemplate.class);
    private final Claims claims = mock(Claims.class);
    private final WrongPasswords wrongPasswords = mock(WrongPasswords.class);
    private final WrongPasswords.Try one = mock(WrongPasswords.Try.class);

    @BeforeEach
    @SuppressWarnings("unchecked")
    void stored() {
        given(jdbc.query(contains("from credential"), any(RowMapper.class), any(Object[].class)))
                .willReturn(List.of(new Credential(STORED, 3)));
        given(wrongPasswords.begin(any(), any(), anyBoolean())).willReturn(one);
    }

    @Test
    void aWrongOneIsRefusedAndCounted() {
        assertThatThrownBy(() -> check(false, Field.EMAIL, "x")).hasMessage("wrong-password");
        verify(one).wrong();
    }

    @Test
    void theRightOneIsTaken() {
        assertThatCode(() -> check(true, Field.PASSWORD, "today's password")).doesNotThrowAnyException();
        verify(one).right();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "NUMBER", "PASSWORD"})
    void isNeededForEachWayToSignInWhereTheConfigurationSaysSo(Field field) {
        assertThatThrownBy(() -> check(true, field, null)).hasMessage("current-required");
        assertThatCode(() -> check(false, field, null)).doesNotThrowAnyException();
    }

    @Test
    void whatTheCallerHasAlreadyNeedsNone() {
        given(claims.isOf(Identifier.ofEmail("new@x.io"), CALLER.user())).willReturn(true);
        assertThatCode(() -> check(true, Field.EMAIL, null)).doesNotThrowAnyException();
    }

    private void check(boolean required, Field field, @Nullable String current) {
        new CurrentPassword(
                        new Credentials(jdbc, new SecurityLog(jdbc, Clock.systemUTC())),
                        PASSWORDS,
                        wrongPasswords,
                        claims,
                        required)
                .check(
                        CALLER,
                        REQUESTER,
                        Map.of(field, NEW.getOrDefault(field, "")),
                        current == null ? null : StringNode.valueOf(current));
    }
}
