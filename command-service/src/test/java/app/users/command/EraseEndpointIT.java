package app.users.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An operator erases a person who cannot sign in, with the same effect and receipt as if the person had left. */
class EraseEndpointIT extends RunningCommandService {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REASON = "request 2026-17, identity checked by letter";

    private final Person person = person();

    @Test
    void anOperatorErasesWhoCannotSignIn() throws Exception {
        String access = register(person);
        String user = claim(access, "sub").asString();

        HttpResponse<String> answer = erase(user, REASON);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode erased = json.readTree(answer.body());
        assertThat(erased.get("user").asString()).isEqualTo(user);
        assertThat(send("PATCH", "user/", "{}", access).statusCode()).isEqualTo(401);
        assertThat(jdbc.queryForList("select 1 from user_key where user_id = ?", Long.parseLong(user)))
                .as("the key of what is stored")
                .isEmpty();
        String receipt = erased.get("receipt").asString();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode parts = json.readTree(get(receipt).body()).get("parts");
            assertThat(parts.get(parts.size() - 1).has("at")).isTrue();
        });
        assertThat(register(person)).as("the email and the number are free").isNotEmpty();
    }

    @Test
    void theErasureSaysThatItWasAnOperatorAndWhy() throws Exception {
        String user = claim(register(person), "sub").asString();
        assertThat(erase(user, "  " + REASON + "\n").statusCode()).isEqualTo(200);
        ConsumerRecord<String, String> last = await()
                .atMost(PATIENCE)
                .until(() -> records(user), found -> found.stream().anyMatch(EraseEndpointIT::isErasure))
                .stream()
                .filter(EraseEndpointIT::isErasure)
                .findFirst()
                .orElseThrow();
        assertThat(json.readTree(last.value()))
                .isEqualTo(json.readTree(
                        "{\"user\":%s,\"channel\":\"operator\",\"reason\":\"%s\"}".formatted(user, REASON)));
        assertThat(header(last, "ce_actor")).isEqualTo("system");
        assertThat(header(last, "ce_channel")).isEqualTo("system");
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Boolean> tombstones = new HashMap<>();
            records(user).forEach(r -> tombstones.put(r.key(), r.value() == null));
            assertThat(tombstones).containsEntry(user + "/1", true).containsEntry(last.key(), false);
        });
    }

    @Test
    void anUnknownAndAnErasedUserAreRefused() throws Exception {
        String user = claim(register(person), "sub").asString();
        String receipt =
                json.readTree(erase(user, REASON).body()).get("receipt").asString();

        HttpResponse<String> again = erase(user, REASON);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json.readTree(again.body()).get("detail").asString())
                .isEqualTo("user " + user + " was erased before; the receipt is " + receipt);

        HttpResponse<String> unknown = erase("999999999999", REASON);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json.readTree(unknown.body()).get("detail").asString()).isEqualTo("there is no user 999999999999");
        assertThat(unknown.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void withoutAGoodReasonNobodyIsErased() throws Exception {
        String access = register(person);
        String user = claim(access, "sub").asString();
        HttpResponse<String> none = operate("erase", "{\"user\":\"" + user + "\"}");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("`reason` is 1 to 200 printable characters on one line");
        assertThat(operate("erase", "{\"reason\":\"" + REASON + "\"}").statusCode())
                .isEqualTo(400);
        assertThat(erase("x", REASON).statusCode()).isEqualTo(400);
        for (String reason : List.of("", " ", "a\nb", "\u0000", "a\u202Eb", "x".repeat(201))) {
            assertThat(erase(user, reason).statusCode()).as(reason).isEqualTo(400);
        }
        assertThat(send("PATCH", "user/", "{}", access).statusCode()).isEqualTo(200);
        assertThat(erase(user, "x".repeat(200)).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> erase(String user, String reason) throws Exception {
        return operate("erase", json.writeValueAsString(Map.of("user", user, "reason", reason)));
    }

    private static boolean isErasure(ConsumerRecord<String, String> record) {
        return header(record, "ce_type").equals("user.erased.v1");
    }
}
