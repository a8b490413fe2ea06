package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.EventStore.Row;
import app.users.system.Guest.Tokens;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code docs/api.md} says of changing the own profile. */
@OneForm
class ChangeRulesIT {

    private final RunningSystem system;
    private final Client stranger;
    private final EventStore store;
    private final Guest guest;
    private final Client user;

    ChangeRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
        store = new EventStore(system.eventStore());
        guest = Guest.of(system);
        user = guest.client();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "surname    | ' Петров '                 | Петров",
                "name       | user1Changed@gmail.com     | user1Changed@gmail.com",
                "patronymic | ''                         | ''",
                "address    | 12 Main Street             | 12 Main Street",
                "number     | +44 20 7946-%s             | +44207946%s",
                "number     | 'tel:+44-20-7946-%s'       | +44207946%s",
                "number     | '＋44 20 7946 %s'          | +44207946%s",
                "email      | ' C%s@Example.org '        | C%s@Example.org",
                "email      | 'C%s@Пример.рф\u00a0'      | C%s@Пример.рф",
                "name       | 'Ame\u0301lie'             | Am\u00e9lie"
            })
    @Says("Send any of the [fields](#fields) of registration; the same rules hold.")
    void takesWhatRegistrationTakes(String field, String value, String shown) {
        String unique = guest.person().number().substring(8);
        change("{\"%s\":\"%s\"}".formatted(field, value.formatted(unique))).expect(200);
        assertThat(guest.profile().text(field)).isEqualTo(shown.formatted(unique));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'surname':' '}           | surname:blank",
                "{'name':''}               | name:blank",
                "{'surname':1}             | surname:not-text",
                "{'name':{'$set':'x'}}     | name:not-text",
                "{'patronymic':'a\\u200bb'} | patronymic:unprintable",
                "{'address':[]}            | address:not-text",
                "{'email':'nobody'}        | email:bad-email",
                "{'email':'a..b@x.org'}    | email:bad-email",
                "{'email':'a@127.0.0.1'}   | email:bad-email",
                "{'number':'89967348137'}  | number:bad-number",
                "{'number':'+4912'}        | number:bad-number",
                "{'name':'\\u3164'}        | name:blank",
                "{'password':'        '}   | password:blank",
                "{'password':'short'}      | password:too-short",
                "{'password':'password'}   | password:common-password",
                "{'password':'%s'}         | password:own-data-password",
                "{'password':true}         | password:not-text",
                "{'executor':'true'}       | executor:not-boolean",
                "{'executor':0}            | executor:not-boolean"
            })
    @Says("It is 400 when every field failed, with `success` and `error` as members of the problem.")
    void refusesWhatRegistrationRefuses(String body, String error) {
        String before = guest.profile().body();
        Answer answer = change(body.replace('\'', '"').formatted(guest.person().email()));
        assertThat(answer.expect(400).problem()).isEqualTo("nothing-changed");
        assertThat(answer.errors()).containsExactly(error);
        assertThat(answer.json().get("success").isEmpty()).isTrue();
        assertThat(answer.json().get("error").propertyNames()).containsExactly(title(error.split(":")[0]));
        assertThat(guest.profile().body()).isEqualTo(before);
    }

    @Test
    @Says("Each field stands alone: what is valid changes, the rest is explained in `error`.")
    @Says("Keys are the fields' names with the first letter in upper case.")
    @Says("An unknown field is an error under its own name.")
    void changesWhatIsValidAndExplainsTheRest() {
        Answer answer = change("""
                {"surname":"Changed","name":"","email":"nobody","executor":false,"confirmed_email":true,"other_thing":1}""");
        JsonNode changed = answer.expect(200).json();
        assertThat(changed.propertyNames()).containsExactly("success", "error");
        assertThat(texts(changed.get("success")))
                .isEqualTo(
                        Map.of("Surname", "Surname successfully changed", "Executor", "Executor successfully changed"));
        assertThat(texts(changed.get("error")))
                .isEqualTo(Map.of(
                        "Name", "must not be blank",
                        "Email", "is not an email address",
                        "Confirmed_email", "cannot be changed",
                        "Other_thing", "is not a known field"));
        JsonNode profile = guest.profile().json();
        assertThat(profile.get("surname").stringValue()).isEqualTo("Changed");
        assertThat(profile.get("name").stringValue()).isEqualTo("Name");
        assertThat(profile.get("executor").booleanValue()).isFalse();
        assertThat(profile.get("confirmed_email").booleanValue()).isFalse();
    }

    @Test
    @Says("All that changes, changes in one transaction.")
    void changesInOneTransaction() {
        Person other = Person.next();
        change("""
                {"surname":"Changed","email":"%s","number":"%s","password":"quite another","executor":false}""".formatted(other.email(), other.number())).expect(200);
        assertThat(store.eventsOf(user.id()).stream().skip(1).map(Row::type))
                .startsWith(
                        "user.profile-changed.v1",
                        "user.email-changed.v1",
                        "user.number-changed.v1",
                        "user.password-changed.v1",
                        "user.executor-changed.v1");
        assertThat(store.transactionsOf(user.id())).hasSize(2);
    }

    @Test
    @Says("The sentences of `success` are always English, those of `error` follow `Accept-Language`.")
    void speaksBothLanguages() {
        String body = "{\"surname\":\"Changed\",\"name\":\"\"}";
        JsonNode english = change(body).expect(200).json();
        JsonNode russian = new Call(user, "PATCH", "user/")
                .with("Accept-Language", "ru-RU,ru;q=0.9,en;q=0.5")
                .json(body)
                .send()
                .expect(200)
                .json();
        assertThat(russian.get("success")).isEqualTo(english.get("success"));
        assertThat(english.at("/error/Name").stringValue()).isEqualTo("must not be blank");
        assertThat(russian.at("/error/Name").stringValue()).isEqualTo("не должно быть пустым");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | 200",
                "{'current_password':'whatever'}   | 200",
                "{'surname':'x'}                   | 200",
                "{'surname':'x','name':null}       | 200",
                "{'name':null}                     | 400",
                "{'name':null,'id':7}              | 400"
            })
    @Says("The status is 200 when anything succeeded or nothing was asked.")
    void answers200WhenAnythingSucceeded(String body, int status) {
        change(body.replace('\'', '"')).expect(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"surname\"", "1", "true", "[{\"surname\":\"x\"}]"})
    @Says("A body that is no object is a 400.")
    void needsAnObject(String body) {
        assertThat(change(body).expect(400).problem()).isEqualTo("not-an-object");
    }

    @Test
    @Says("A value that equals today's succeeds and changes nothing.")
    @Says("Today's password, sent as the new one, ends none.")
    void changesNothingWhenNothingIsNew() {
        Tokens other = guest.tokens();
        Answer before = guest.profile();
        List<Row> events = store.eventsOf(user.id());
        Person person = guest.person();
        JsonNode changed = change("""
                {"surname":" Surname ","name":"Name","patronymic":null,"address":"","email":"%s","number":" %s ",
                 "password":"%s","executor":true}""".formatted(person.email(), person.number(), person.password()))
                .expect(200)
                .json();
        assertThat(changed.get("success").size()).isEqualTo(8);
        assertThat(changed.get("error").isEmpty()).isTrue();
        assertThat(guest.profile().body()).isEqualTo(before.body());
        assertThat(guest.profile().header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(store.eventsOf(user.id())).isEqualTo(events);
        stranger.with("Bearer", other.access()).get("user/").expect(200);
        stranger.post("auth/token/refresh", other.refreshing()).expect(200);
    }

    @Test
    @Says("`null` empties `patronymic` and `address`, and is an error elsewhere.")
    void emptiesWithNull() {
        change("{\"patronymic\":\"P\",\"address\":\"A\"}").expect(200);
        JsonNode changed = change("""
                {"surname":null,"name":null,"patronymic":null,"address":null,"email":null,"number":null,"password":null,
                 "executor":null}""").expect(200).json();
        assertThat(changed.get("success").propertyNames()).containsExactly("Patronymic", "Address");
        assertThat(texts(changed.get("error")))
                .containsOnlyKeys("Surname", "Name", "Email", "Number", "Password", "Executor")
                .allSatisfy((field, why) -> assertThat(why).isEqualTo("must not be null"));
        assertThat(guest.profile().text("patronymic")).isEmpty();
        assertThat(guest.profile().text("address")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "confirmed_email", "confirmed_number", "created_at", "updated_at"})
    @Says("`id`, `confirmed_email`, `confirmed_number`, `created_at` and `updated_at` cannot be changed.")
    void leavesReadOnlyFieldsAlone(String field) {
        String before = guest.profile().body();
        Answer answer = change("{\"%s\":true}".formatted(field)).expect(400);
        assertThat(answer.errors()).containsExactly(field + ":read-only");
        assertThat(answer.json().get("error").propertyNames()).containsExactly(title(field));
        assertThat(guest.profile().body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "number"})
    @Says("An email or number that somebody else has is an error of its field, not a 409.")
    void refusesWhatSomebodyElseHas(String field) {
        String taken = Guest.form(Guest.of(system).person()).get(field).stringValue();
        Answer alone = change("{\"%s\":\"%s\"}".formatted(field, taken)).expect(400);
        assertThat(alone.errors()).containsExactly(field + ":taken");
        JsonNode together = change("{\"%s\":\"%s\",\"surname\":\"Changed\"}".formatted(field, taken))
                .expect(200)
                .json();
        assertThat(texts(together.get("error"))).isEqualTo(Map.of(title(field), "belongs to another user"));
        assertThat(guest.profile().text(field)).isNotEqualTo(taken);
        assertThat(guest.profile().text("surname")).isEqualTo("Changed");
    }

    @Test
    @Says("A new email or number is unconfirmed.")
    @Says("An email of which only the case or the spelling of the domain changes stays confirmed.")
    void confirmsNothingThatIsNew() {
        user.post("verify-email/").expect(200);
        String code = system.mails().awaitCode(guest.person().email());
        user.post("accept-email/", "{\"code\":\"" + code + "\"}").expect(200);
        String upper = guest.person().email().replace("person", "PERSON");
        change("{\"email\":\"%s\"}".formatted(upper)).expect(200);
        assertThat(guest.profile().text("email")).isEqualTo(upper);
        assertThat(confirmed("confirmed_email")).isTrue();
        Person other = Person.next();
        change("{\"email\":\"%s\",\"number\":\"%s\"}".formatted(other.email(), other.number()))
                .expect(200);
        assertThat(confirmed("confirmed_email")).isFalse();
        assertThat(confirmed("confirmed_number")).isFalse();
    }

    @Test
    void keepsAnInternationalEmailConfirmedInBothSpellings() {
        String local = guest.person().email().replaceFirst("@.*", "@");
        String ascii = local + "xn--e1afmkfd.xn--p1ai";
        change("{\"email\":\"%sпример.рф\"}".formatted(local)).expect(200);
        user.post("verify-email/").expect(200);
        user.post("accept-email/", "{\"code\":\"" + system.mails().awaitCode(ascii) + "\"}")
                .expect(200);
        for (String spelling : List.of(ascii, local + "ПРИМЕР.рф")) {
            change("{\"email\":\"%s\"}".formatted(spelling)).expect(200);
            assertThat(guest.profile().text("email")).isEqualTo(spelling);
            assertThat(confirmed("confirmed_email")).isTrue();
        }
    }

    @Test
    @Says("A new password is also compared with the stored profile: it must repeat nothing of it.")
    void refusesAPasswordOfTheStoredProfile() {
        change("{\"surname\":\"Storedname\",\"address\":\"1 Main Street\"}").expect(200);
        for (String own :
                List.of("storedname", "1 main street", guest.person().number().substring(1))) {
            assertThat(change("{\"password\":\"%s\"}".formatted(own))
                            .expect(400)
                            .errors())
                    .containsExactly("password:own-data-password");
        }
        JsonNode both = change("{\"surname\":\"Other\",\"password\":\"Storedname\"}")
                .expect(200)
                .json();
        assertThat(texts(both.get("error")))
                .isEqualTo(Map.of("Password", "must not be your own email, number, name or address"));
        stranger.signIn(guest.person());
    }

    @Test
    void readsTodaysNameInEitherFormOfUnicode() {
        change("{\"name\":\"Ame\u0301lie\"}").expect(200);
        List<Row> events = store.eventsOf(user.id());
        Answer before = guest.profile();
        for (String form : List.of("Ame\u0301lie", "Am\u00e9lie", " Ame\u0301lie\u3164")) {
            change("{\"name\":\"%s\"}".formatted(form)).expect(200);
        }
        assertThat(store.eventsOf(user.id())).isEqualTo(events);
        assertThat(guest.profile().header("ETag")).isEqualTo(before.header("ETag"));
    }

    private boolean confirmed(String field) {
        return guest.profile().json().get(field).booleanValue();
    }

    @Test
    @Says("A new password ends all other sessions.")
    void endsOtherSessionsWithANewPassword() {
        Tokens other = guest.tokens();
        Client there = stranger.with("Bearer", other.access());
        there.get("user/").expect(200);
        Tokens own = guest.tokens();
        Client here = stranger.with("Bearer", own.access());
        here.patch("user/", "{\"password\":\"quite another\"}").expect(200);
        there.patch("user/", "{}").expect(401);
        there.get("user/").expect(401);
        user.get("user/").expect(401);
        stranger.post("auth/token/refresh", other.refreshing()).expect(401);
        stranger.post("auth/token/", guest.person().credentials()).expect(401);
        here.get("user/").expect(200);
        here.patch("user/", "{}").expect(200);
        assertThat(here.get("auth/sessions/").expect(200).json()).hasSize(1);
        Tokens next = Tokens.of(stranger.post("auth/token/refresh", own.refreshing()));
        stranger.with("Bearer", next.access()).get("user/").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"not it\"", "null", "1", "\"\""})
    @Says("`current_password` is checked when it comes with a new password, email or number.")
    void checksTheCurrentPassword(String wrong) {
        Answer refused = change("{\"password\":\"quite another\",\"current_password\":%s}".formatted(wrong));
        assertThat(refused.expect(400).errors()).containsExactly("password:wrong-password");
        Answer other = change("{\"number\":\"%s\",\"current_password\":%s}"
                .formatted(Person.next().number(), wrong));
        assertThat(other.expect(400).errors()).containsExactly("number:wrong-password");
        stranger.signIn(guest.person());
        change("{\"password\":\"quite another\",\"current_password\":\"%s\"}"
                        .formatted(guest.person().password()))
                .expect(200);
        stranger.post("auth/token/", guest.person().credentials()).expect(401);
    }

    private Answer change(String body) {
        return user.patch("user/", body);
    }

    private static String title(String field) {
        return Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().stringValue()));
        return texts;
    }
}
