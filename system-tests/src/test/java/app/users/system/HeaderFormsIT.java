package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a header says: a write is done and answered in JSON, or refused and not done. */
@EachForm
class HeaderFormsIT {

    private final RunningSystem system;
    private final EventStore store;
    private final Wire wire;

    HeaderFormsIT(Form form, Systems systems) {
        system = systems.get(form);
        store = new EventStore(system.eventStore());
        wire = new Wire(system.doors().getFirst());
    }

    static Stream<String> headers() {
        String languages = IntStream.range(0, 300)
                .mapToObj(i -> "%c%c-%03d;q=0.1".formatted('a' + i / 26, 'a' + i % 26, i))
                .collect(Collectors.joining(", "));
        Stream<String> accepted = Stream.of(
                        "application/json;charset=iso-8859-1",
                        "application/json;charset=utf-16",
                        "application/json;charset=utf-16le",
                        "application/json;charset=utf-32",
                        "application/json;charset=windows-1252",
                        "application/*;charset=utf-16",
                        "*/*;charset=nonsense",
                        "application/json;q=0",
                        "application/json;q=0, */*",
                        "text/html",
                        "application/json;q=high",
                        "application/json;v=1, */*;q=0.1",
                        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                        ";;",
                        "*")
                .map(value -> "Accept: " + value);
        Stream<String> texts = Stream.of("Заказы/2.1", "My App™", "\u00a0", "a\u0085b", "x".repeat(8_000))
                .flatMap(text -> Stream.of(
                                "User-Agent: ", "X-Request-Id: ", "traceparent: ", "If-None-Match: ", "Cookie: ")
                        .map(name -> name + text));
        Stream<String> others = Stream.of(
                "Accept-Language: " + languages,
                "Accept-Language: " + languages + "\r\nAccept-Language: ru",
                "Accept-Language: ÿ;;;q=x",
                "Accept-Charset: utf-16",
                "Accept-Encoding: gzip;q=1, identity;q=0",
                "If-Match: *",
                "If-Match: Заказы",
                "If-Match: \"1\", W/\"2\"",
                "If-None-Match: *",
                "Idempotency-Key: Заказы",
                "Idempotency-Key: a\r\nIdempotency-Key: b",
                "Users-Min-Version: abc",
                "Users-Min-Version: 99999999999999999999",
                "Range: bytes=0-1",
                "Expect: 100-continue",
                "X-Forwarded-For: Заказы",
                "Forwarded: for=\"Заказы\"");
        return Stream.of(accepted, texts, others)
                .flatMap(each -> each)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("headers")
    @Says("No header makes a write fail after it is done.")
    void aWriteIsDoneOrRefused(String header) throws IOException {
        Person person = Person.next();
        boolean registered = succeeds(send("POST", "auth/registration/", header, "", person.registration()));
        if (!registered) {
            system.client().post("auth/token/", person.credentials()).expect(401);
            system.client().register(person).expect(201);
        }
        boolean signedIn = succeeds(send("POST", "auth/token/", header, "", person.credentials()));
        Guest guest = new Guest(person, system.client().signIn(person));
        long id = guest.client().id();
        assertThat(sessions(guest)).isEqualTo(signedIn ? 2 : 1);

        Guest.Tokens tokens = guest.tokens();
        Answer refreshed = send("POST", "auth/token/refresh/", header, "", tokens.refreshing());
        String refresh = succeeds(refreshed) ? refreshed.text("refresh") : tokens.refresh();
        system.client()
                .post("auth/token/refresh/", "{\"refresh\":\"" + refresh + "\"}")
                .expect(200);

        String access = "Authorization: " + guest.client().authorization() + "\r\n";
        int before = store.eventsOf(id).size();
        boolean changed = succeeds(send("PATCH", "user/", header, access, "{\"surname\":\"Changed\"}"));
        assertThat(guest.profile().text("surname")).isEqualTo(changed ? "Changed" : person.surname());
        assertThat(store.eventsOf(id)).hasSize(before + (changed ? 1 : 0));

        for (String path : List.of("verify-email/", "verify-number/")) {
            int earlier = store.eventsOf(id).size();
            boolean asked = succeeds(send("POST", path, header, access, ""));
            assertThat(store.eventsOf(id)).as(path).hasSize(earlier + (asked ? 1 : 0));
        }

        Client other = system.client().signIn(person);
        String others = "Authorization: " + other.authorization() + "\r\n";
        boolean revoked = succeeds(send("POST", "auth/token/revoke", header, others, ""));
        other.get("user/").expect(revoked ? 401 : 200);
        boolean erased = succeeds(send("DELETE", "user/", header, access, ""));
        guest.client().get("user/").expect(erased ? 401 : 200);
    }

    private static int sessions(Guest guest) {
        return guest.client().get("auth/sessions/").expect(200).json().size();
    }

    private Answer send(String method, String path, String header, String more, String body) throws IOException {
        String head = method + " /users/" + path + " HTTP/1.1\r\nHost: users.example\r\nConnection: close\r\n" + more
                + (body.isEmpty() ? "" : "Content-Type: application/json\r\n")
                + "Content-Length: " + body.length() + "\r\n" + header + "\r\n\r\n";
        return wire.send((head + body).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether it was done; a refusal is the client's, and an answer is JSON in UTF-8. */
    private static boolean succeeds(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isBetween(200, 499);
        boolean done = answer.status() < 300;
        if (!answer.body().isEmpty()) {
            assertThat(answer.header("Content-Type")).isEqualTo(done ? "application/json" : "application/problem+json");
            assertThat(answer.json().isContainer()).isTrue();
        }
        return done;
    }
}
