package app.users.system;

import org.junit.jupiter.api.Test;

/** Who has signed out is refused everywhere, reads included, long before the token expires. */
@EachForm
class SignOutIT {

    private final Client stranger;
    private final Person person = Person.next();

    SignOutIT(Form form, Systems systems) {
        stranger = systems.get(form).client();
        stranger.register(person).expect(201);
    }

    @Test
    void endsOneSessionAndLeavesTheOther() {
        Client here = stranger.signIn(person);
        Client there = stranger.signIn(person);
        here.get("user/").expect(200);

        here.post("auth/token/revoke").expect(200);
        here.get("user/").expect(401);
        here.patch("user/", "{}").expect(401);
        there.get("user/").expect(200);
    }

    @Test
    void endsEverySession() {
        Client here = stranger.signIn(person);
        Client there = stranger.signIn(person);

        here.post("auth/token/revoke-all").expect(200);
        there.get("user/").expect(401);
        there.get("user/executor/").expect(401);
        there.get("auth/sessions/").expect(401);
        stranger.signIn(person).get("user/").expect(200);
    }
}
