package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.command.keys.KeyedHash;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Emails and numbers that an earlier version accepted and today's rules refuse still find their user. */
class EarlierValuesIT extends RunningCommandService {

    private final Person person = person();

    @ParameterizedTest
    @CsvSource({
        "email, EMAIL, a..b@it.example, A..B@it.example",
        "email, EMAIL, user@127.0.0.1, user@127.0.0.1",
        "email, EMAIL, a@xn--a.example, a@XN--A.example",
        "number, NUMBER, +4912, tel:+49-12",
        "number, NUMBER, +12530000, +1 253 0000"
    })
    void stillSignIn(String field, String kind, String stored, String typed) throws Exception {
        String access = register(person);
        store(access, kind, stored);
        String body = "{\"%s\":\"%s\",\"password\":\"user1user1\"}".formatted(field, typed);
        assertThat(post("auth/token/", body, "").statusCode()).isEqualTo(200);
    }

    @Test
    void mayStillAskForANewPassword() throws Exception {
        String access = register(person);
        store(access, "EMAIL", ".a@it.example");
        assertThat(post("auth/password/forgot/", "{\"email\":\".A@it.example\"}", "")
                        .statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(types(access)).contains("user.password-reset-requested.v1"));
        String reset = "{\"email\":\".a@it.example\",\"code\":\"x\",\"password\":\"another pass 1\"}";
        assertThat(post("auth/password/reset/", reset, "").body())
                .contains("not-a-code")
                .doesNotContain("bad-email");
    }

    /** As the earlier version did at registration. */
    private void store(String access, String kind, String value) {
        long user = claim(access, "sub").asLong();
        int stored = asOwner()
                .update(
                        "update claim set hash = ? where kind = ? and user_id = ?",
                        new KeyedHash(new byte[32]).of(kind, value),
                        kind,
                        user);
        assertThat(stored).isOne();
    }
}
