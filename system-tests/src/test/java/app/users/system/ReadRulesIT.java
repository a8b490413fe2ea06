package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code docs/api.md} says of reading the own profile and the list of executors. */
@OneForm
class ReadRulesIT {

    private final RunningSystem system;
    private final Guest guest;
    private final Client user;

    ReadRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        guest = Guest.of(system);
        user = guest.client();
    }

    @Test
    @Says("`id` is a 64-bit number and never changes.")
    @Says("`created_at` and `updated_at` are ISO 8601 in UTC, with milliseconds.")
    @Says("The answer shows everything that the caller has written, or has `Warning: 110` when it does not yet.")
    @Says("Whoever does not send it is in the list of executors, unless `users.executors.by-default` is `false`.")
    void showsWhatIsThere() {
        JsonNode before = guest.profile().json();
        assertThat(before.get("executor").booleanValue()).isTrue();
        Person other = Person.next();
        user.patch("user/", """
                {"surname":"S","name":"N","patronymic":"P","address":"A","email":"%s","number":"%s","executor":false}""".formatted(other.email(), other.number())).expect(200);
        JsonNode after = guest.profile().json();
        assertThat(before.get("id").isIntegralNumber()).isTrue();
        assertThat(before.get("id").canConvertToLong()).isTrue();
        assertThat(after.get("id")).isEqualTo(before.get("id"));
        assertThat(after.get("created_at")).isEqualTo(before.get("created_at"));
        assertThat(Instant.parse(after.get("updated_at").stringValue()))
                .isAfter(Instant.parse(before.get("updated_at").stringValue()));
        assertThat(after.get("updated_at").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        for (String field : List.of("surname", "name", "patronymic", "address")) {
            assertThat(after.get(field).stringValue())
                    .isEqualTo(field.substring(0, 1).toUpperCase(Locale.ROOT));
        }
        assertThat(after.get("email").stringValue()).isEqualTo(other.email());
        assertThat(after.get("number").stringValue()).isEqualTo(other.number());
        assertThat(after.get("executor").booleanValue()).isFalse();
    }

    @Test
    @Says("`updated_at` and `ETag` change only with something that this answer shows.")
    @Says("`ETag` of `GET user/` is the version of the last change that it shows.")
    void changesTheTagOnlyWithWhatIsShown() {
        Answer first = guest.profile();
        assertThat(first.header("ETag")).isEqualTo("\"1\"");
        Answer unseen = user.patch("user/", "{\"password\":\"quite another\"}").expect(200);
        Answer requested = user.post("verify-email/").expect(200);
        user.post("accept-email/", "{\"code\":\"000000\"}");
        Answer second = guest.profile();
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(version(requested)).isGreaterThan(version(unseen));
        Answer seen = user.patch("user/", "{\"surname\":\"Changed\"}").expect(200);
        assertThat(guest.profile().header("ETag")).isEqualTo("\"" + version(seen) + "\"");
        assertThat(guest.profile().text("updated_at")).isNotEqualTo(first.text("updated_at"));
    }

    private static long version(Answer answer) {
        return Long.parseLong(answer.header("Users-Version"));
    }

    @Test
    @Says("`If-None-Match` with today's `ETag` or `*` is a 304.")
    void answers304WhenNothingIsNew() {
        String tag = guest.profile().header("ETag");
        Call call = new Call(user, "GET", "user/").with("If-None-Match", tag);
        assertThat(call.send().expect(304).body()).isEmpty();
        Answer any =
                new Call(user, "GET", "user/").with("If-None-Match", "*").send().expect(304);
        assertThat(any.body()).isEmpty();
        assertThat(any.header("ETag")).isEqualTo(tag);
        user.patch("user/", "{\"surname\":\"Changed\"}").expect(200);
        call.send().expect(200);
    }

    @Test
    @Says("The list has every user whose `executor` is `true`, ordered by `id`.")
    @Says("It shows the caller's own entry as the caller has last written it.")
    @Says("`after` is the `id` to go on from.")
    @Says("`Link` with `rel=\"next\"` leads to the next page, as long as there is one.")
    @Says("A page with nobody on it is `[]`.")
    void listsExecutorsPageByPage() {
        long before = user.id() - 1;
        List<Guest> guests =
                IntStream.range(0, 5).mapToObj(i -> Guest.of(system)).toList();
        guests.get(1).client().patch("user/", "{\"executor\":false}").expect(200);
        Client last = guests.getLast().client();
        last.patch("user/", "{\"surname\":\"Last\"}").expect(200);
        guests.forEach(Guest::profile);

        List<JsonNode> entries = new ArrayList<>();
        String page = "/users/user/executor/?limit=2&after=" + before;
        while (!page.isEmpty()) {
            Answer answer = last.get(page).expect(200);
            answer.json().forEach(entries::add);
            assertThat(answer.json().size()).isBetween(1, 2);
            page = answer.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
        }
        // others may have registered meanwhile
        entries.removeIf(entry -> entry.get("id").longValue() > last.id());
        List<Long> ids = entries.stream().map(e -> e.get("id").longValue()).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids)
                .contains(user.id(), guests.get(0).client().id(), last.id())
                .doesNotContain(guests.get(1).client().id());
        assertThat(entries.getLast().get("surname").stringValue()).isEqualTo("Last");
        assertThat(last.get("user/executor/?after=" + Long.MAX_VALUE)
                        .expect(200)
                        .body())
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit:out-of-range",
        "limit=1001,limit:out-of-range",
        "limit=x,limit:wrong-type",
        "limit=-1,limit:out-of-range",
        "limit=1.5,limit:wrong-type",
        "limit=,limit:wrong-type",
        "after=,after:wrong-type",
        "after=9223372036854775808,after:out-of-range",
        "after=-1,after:out-of-range",
        "after=x,after:wrong-type"
    })
    @Says("A `limit` or `after` that is empty, out of range or no number is a 400 that names it.")
    void refusesPagesThatAreNone(String query, String error) {
        assertThat(user.get("user/executor/?" + query).expect(400).errors()).containsExactly(error);
    }

    @Test
    @Says("`limit` bounds the page: 1 to 1000, 100 when absent.")
    void boundsThePage() {
        IntStream.range(0, 101)
                .parallel()
                .forEach(i -> system.client().register(Person.next()).expect(201));
        Patience.await("a hundred executors and one more")
                .untilAsserted(() -> assertThat(user.get("user/executor/?limit=1000")
                                .expect(200)
                                .json()
                                .size())
                        .isGreaterThan(100));
        assertThat(user.get("user/executor/").expect(200).json()).hasSize(100);
        assertThat(user.get("user/executor/?limit=1").expect(200).json()).hasSize(1);
    }
}
