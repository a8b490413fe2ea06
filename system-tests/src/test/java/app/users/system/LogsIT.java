package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.Guest.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Security line 22: what the processes print helps an operator, and nobody who steals it. */
@EachForm
class LogsIT {

    private static final String NEW_PASSWORD = "a fresh password of mine";
    private static final Pattern UTC = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z .*");

    private final Form form;
    private final RunningSystem system;
    private final Client stranger;
    private final Guest guest;
    private final Person person;

    LogsIT(Form form, Systems systems) {
        this.form = form;
        system = systems.get(form);
        stranger = system.client();
        guest = Guest.of(system);
        person = guest.person();
    }

    @Test
    void holdNoPasswordTokenCodeOrPersonWhateverHappens() throws IOException {
        Tokens tokens = guest.tokens();
        Tokens next = Tokens.of(stranger.post("auth/token/refresh", tokens.refreshing()));
        stranger.post("auth/token/", person.credentials().replace(person.password(), "wrong guess"))
                .expect(401);
        stranger.register(person).expect(409);
        guest.client().post("verify-email/").expect(200);
        String code = system.mails().awaitCode(person.email());
        guest.client()
                .post("accept-email/", "{\"code\":\"" + wrong(code) + "\"}")
                .expect(400);
        guest.client().post("accept-email/", "{\"code\":\"" + code + "\"}").expect(200);
        malformed();
        stranger.post("auth/password/forgot/", "{\"email\":\"" + person.email() + "\"}")
                .expect(200);
        guest.client()
                .patch("user/", "{\"password\":\"" + NEW_PASSWORD + "\",\"surname\":\"Featherstonehaugh\"}")
                .expect(200);
        guest.client().delete("user/").expect(200);
        Patience.await("the view to go")
                .untilAsserted(() -> guest.client().get("user/").expect(401));

        assertThat(system.printed())
                .doesNotContain(
                        person.email(),
                        person.email().replace("@", "%40"),
                        person.number(),
                        person.number().substring(1),
                        person.password(),
                        NEW_PASSWORD,
                        "wrong guess",
                        "Featherstonehaugh",
                        tokens.access(),
                        tokens.refresh(),
                        next.refresh())
                .doesNotContainPattern("(?<![\\w.])" + code + "(?![\\w.])");
    }

    /** Requests that no handler understands, each with something personal at its most tempting place. */
    private void malformed() throws IOException {
        stranger.post("auth/token/", person.credentials().replace("}", "")).expect(400);
        stranger.post("auth/registration/", person.registration().replace("\"name\":", "\"name\":[1,"))
                .expect(400);
        stranger.get("user/?email=" + person.email().replace("@", "%40")).expect(401);
        stranger.get(person.email()).expect(404);
        stranger.with("Bearer", person.email()).get("user/").expect(401);
        Wire wire = new Wire(system.doors().getFirst());
        for (String target :
                List.of("/users/user/ " + person.email(), "/users/\\" + person.email(), "/users/{" + person.email())) {
            byte[] request = ("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(wire.send(request).status()).isBetween(400, 499);
        }
    }

    @Test
    void tellTheTimeInUtc() {
        List<String> dated = system.printed()
                .lines()
                .filter(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.*"))
                .toList();
        if (form == Form.SEPARATE) {
            // the one process is silent unless something is wrong
            assertThat(dated).isNotEmpty();
        }
        assertThat(dated).allMatch(line -> UTC.matcher(line).matches());
    }

    @Test
    void aStartIsAFewReadableLines() {
        if (system instanceof SeparateSystem separate) {
            assertThat(separate.starts())
                    .hasSize(4)
                    .allSatisfy(start ->
                            assertThat(start).hasSizeBetween(1, 39).noneMatch(line -> line.startsWith("\tat ")));
            assertThat(separate.printed().lines().filter(line -> line.contains(" is ready after ")))
                    .hasSize(4);
        }
    }

    /** What a client sends stays on its line. */
    @Test
    void cannotBeForged() throws IOException {
        String forged = "2026-01-01T00:00:00.000Z  INFO forged";
        stranger.get("user/?x=%0A" + forged.replace(" ", "%20")).expect(401);
        stranger.send(
                "GET", "user/", null, java.util.Map.of("User-Agent", "agent%0D%0A" + forged, "X-Request-Id", forged));
        new Wire(system.doors().getFirst())
                .send(("GET /users/\r" + forged + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(system.printed().lines()).noneMatch(line -> line.startsWith(forged));
    }

    private static String wrong(String code) {
        return code.equals("123456") ? "654321" : "123456";
    }
}
