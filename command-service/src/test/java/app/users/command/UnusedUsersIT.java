package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.leaving.UnusedUsers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Security line 38. */
class UnusedUsersIT extends RunningCommandService {

    @Autowired
    private UnusedUsers unused;

    private final Person person = person();

    @Test
    void whomNobodyUsedIsErasedAndTheAddressesAreFree() throws Exception {
        long user = registerOnly(person);
        unused.erase();
        assertThat(isErased(user)).as("not yet").isFalse();
        letMonthsPass(user);
        unused.erase();
        assertThat(isErased(user)).isTrue();
        registerOnly(person);
    }

    @Test
    void whoeverSignedInOnceStays() throws Exception {
        long user = claim(register(person), "sub").asLong();
        jdbc.update("delete from session where user_id = ?", user);
        jdbc.update("delete from known_address where user_id = ?", user);
        letMonthsPass(user);
        unused.erase();
        assertThat(isErased(user)).isFalse();
        assertThat(tokens(person).has("access")).isTrue();
    }

    @Test
    void whoeverHasASessionStaysThoughTheSignInWasNotNoted() throws Exception {
        long user = claim(register(person), "sub").asLong();
        asOwner().update("update credential set used = false where user_id = ?", user);
        letMonthsPass(user);
        unused.erase();
        assertThat(isErased(user)).isFalse();
    }

    @Test
    void whoeverConfirmedAnAddressStays() throws Exception {
        String access = register(person);
        confirmEmail(access, person);
        long user = claim(access, "sub").asLong();
        jdbc.update("delete from session where user_id = ?", user);
        asOwner().update("update credential set used = false where user_id = ?", user);
        letMonthsPass(user);
        unused.erase();
        assertThat(isErased(user)).isFalse();
    }

    private long registerOnly(Person person) throws Exception {
        assertThat(post("auth/registration/", person.body(), "").statusCode()).isEqualTo(201);
        return Long.parseLong(String.valueOf(jdbc.queryForObject(
                "select aggregate_identifier from domain_event_entry where payload_type = 'user.registered.v1'"
                        + " order by global_index desc limit 1",
                String.class)));
    }

    private void letMonthsPass(long user) {
        asOwner().update("update credential set created_at = created_at - interval '91 days' where user_id = ?", user);
    }

    private boolean isErased(long user) {
        return jdbc.queryForList("select 1 from erasure where user_id = ?", Integer.class, user)
                        .size()
                == 1;
    }
}
