package app.users.system;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who has registered and signed in. */
record Guest(Person person, Client client) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Guest of(RunningSystem system) {
        Person person = Person.next();
        system.client().register(person).expect(201);
        return new Guest(person, system.client().signIn(person));
    }

    static Guest withConfirmedEmail(RunningSystem system) {
        Guest guest = of(system);
        guest.client.post("verify-email/").expect(200);
        String code = system.mails().awaitCode(guest.person.email());
        guest.client.post("accept-email/", "{\"code\":\"" + code + "\"}").expect(200);
        return guest;
    }

    /** The body of a registration, to be changed where a rule needs it. */
    static ObjectNode form(Person person) {
        return (ObjectNode) JSON.readTree(person.registration());
    }

    Answer profile() {
        return client.get("user/").expect(200);
    }

    /** Signs in once more. */
    Tokens tokens() {
        return Tokens.of(new Call(client, "POST", "auth/token/")
                .json(person.credentials())
                .send());
    }

    /** What a sign-in or a refresh brings. */
    record Tokens(String refresh, String access) {

        static Tokens of(Answer answer) {
            return new Tokens(answer.expect(200).text("refresh"), answer.text("access"));
        }

        String refreshing() {
            return "{\"refresh\":\"" + refresh + "\"}";
        }
    }
}
