package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client that sends nothing but its token never misses what it has just written. */
@EachForm
class ReadYourWritesIT {

    private static final int TIMES = 100;

    private final Client stranger;

    ReadYourWritesIT(Form form, Systems systems) {
        stranger = systems.get(form).client();
    }

    @Test
    void showsWhoHasJustRegistered() {
        for (int i = 0; i < TIMES; i++) {
            Person person = Person.next();
            stranger.register(person).expect(201);
            JsonNode profile = stranger.signIn(person).get("user/").expect(200).json();
            assertThat(profile.get("email").stringValue()).isEqualTo(person.email());
        }
    }

    @Test
    @Says(
            "The gateway and the standalone process remember the version of a user's last write, so that a client without these"
                    + " headers sees its own writes too.")
    void showsWhatHasJustChanged() {
        Person person = Person.next();
        stranger.register(person).expect(201);
        Client user = stranger.signIn(person);
        for (int i = 0; i < TIMES; i++) {
            String surname = "Surname " + i;
            user.patch("user/", "{\"surname\":\"" + surname + "\"}").expect(200);
            JsonNode profile = user.get("user/").expect(200).json();
            assertThat(profile.get("surname").stringValue()).isEqualTo(surname);
        }
    }

    @RepeatedTest(10)
    void refusesWhoHasJustErasedThemselves() {
        Person person = Person.next();
        stranger.register(person).expect(201);
        Client user = stranger.signIn(person);
        user.delete("user/").expect(200);
        user.get("user/").expect(401);
        user.get("user/executor/").expect(401);
        stranger.post("auth/token/", person.credentials()).expect(401);
    }
}
