package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What {@code docs/api.md} says of registering. */
@OneForm
class RegistrationRulesIT {

    private static final Map<String, List<String>> TAKEN = Map.of(
            "surname", List.of("x", "я".repeat(150), "user1@gmail.com", "O’Neill-Smith 3rd"),
            "name", List.of("x", "я".repeat(150), "user1@gmail.com"),
            "patronymic", List.of("", "x", "я".repeat(150)),
            "address", List.of("", "я".repeat(500)),
            "email", List.of("%s@example.org", "%s@Пример.рф", "%s." + "x".repeat(40) + "@" + longDomain(200)),
            "password", List.of("user1user1", "пароль с дикобразом", "x1".repeat(500)));

    private static final Map<String, List<String>> REFUSED = Map.of(
            "surname", List.of("blank:", "blank:  ", "too-long:" + "я".repeat(151)),
            "name", List.of("blank:", "too-long:" + "я".repeat(151)),
            "patronymic", List.of("too-long:" + "я".repeat(151)),
            "address", List.of("too-long:" + "я".repeat(501)),
            "email",
                    List.of(
                            "bad-email:",
                            "bad-email:nobody",
                            "bad-email:a@b",
                            "bad-email:a b@example.org",
                            "bad-email:a..b@example.org",
                            "bad-email:.a@example.org",
                            "bad-email:a.@example.org",
                            "bad-email:a@xn--a.example",
                            "bad-email:" + "x".repeat(60) + "@" + longDomain(194)),
            "number",
                    List.of(
                            "bad-number:",
                            "bad-number:79967348137",
                            "bad-number:+7996",
                            "bad-number:+1 phone",
                            "bad-number:+79967348137 ext. 5"),
            "password",
                    List.of(
                            "too-short:",
                            "too-short:passw0r",
                            "blank:" + " ".repeat(8),
                            "blank:" + "\u3164".repeat(8),
                            "too-many-bytes:" + "x1".repeat(500) + "x",
                            "too-many-bytes:" + "пароль".repeat(84)));

    private final RunningSystem system;
    private final Client stranger;
    private final Person person = Person.next();

    RegistrationRulesIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
    }

    private static String longDomain(int length) {
        String label = "x".repeat(49) + ".";
        return label.repeat(length).substring(0, length - 4).replaceFirst("\\.$", "x") + ".org";
    }

    @Test
    @Says("The answer is the profile without the password.")
    @Says("`executor` is answered only if it was sent.")
    void answersTheProfile() {
        assertThat(register(Guest.form(person)).expect(201).json().propertyNames())
                .containsExactly("surname", "name", "patronymic", "address", "email", "number");
        Answer withExecutor =
                register(Guest.form(Person.next()).put("executor", false)).expect(201);
        assertThat(withExecutor.json().get("executor").booleanValue()).isFalse();
        assertThat(withExecutor.body()).doesNotContain("assword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"surname", "name", "email", "number", "password"})
    @Says("`surname`, `name`, `email`, `number` and `password` are required.")
    void requires(String field) {
        ObjectNode absent = Guest.form(person);
        absent.remove(field);
        refused(register(absent), 400, field + ":required");
        refused(register(Guest.form(person).putNull(field)), 400, field + ":required");
    }

    @Test
    @Says("`patronymic` and `address` may be absent, `null` or empty, and then read `\"\"`.")
    void doesWithoutPatronymicAndAddress() {
        ObjectNode absent = Guest.form(person);
        absent.remove(List.of("patronymic", "address"));
        ObjectNode nothing = Guest.form(Person.next()).putNull("patronymic").putNull("address");
        for (ObjectNode body : List.of(absent, nothing, Guest.form(Person.next()))) {
            Answer registered = register(body).expect(201);
            assertThat(registered.text("patronymic")).isEmpty();
            assertThat(registered.text("address")).isEmpty();
        }
    }

    @RowsOf("Fields")
    void takesAndRefuses(ApiPage.Row row) {
        String field = row.cell("field");
        if (field.equals("executor")) {
            register(Guest.form(person).put("executor", true)).expect(201);
            refused(register(Guest.form(Person.next()).put("executor", "true")), 400, "executor:not-boolean");
            refused(register(Guest.form(Person.next()).put("executor", 1)), 400, "executor:not-boolean");
            return;
        }
        for (String value : TAKEN.getOrDefault(field, List.of("+44 20 7946 %s"))) {
            Person next = Person.next();
            String own = value.formatted(next.number().substring(8));
            assertThat(register(Guest.form(next).put(field, own)).expect(201).body())
                    .contains(field.equals("number") ? "+44207946" : field.equals("password") ? "email" : own);
        }
        for (String refused : REFUSED.getOrDefault(field, List.of())) {
            String[] parts = refused.split(":", 2);
            refused(register(Guest.form(Person.next()).put(field, parts[1])), 400, field + ":" + parts[0]);
        }
        refused(register(Guest.form(person).put(field, 1)), 400, field + ":not-text");
        refused(register(form(field, "[\"a text\"]")), 400, field + ":not-text");
        refused(register(form(field, "{\"$gt\":\"\"}")), 400, field + ":not-text");
    }

    private ObjectNode form(String field, String json) {
        ObjectNode form = Guest.form(person);
        form.set(field, tools.jackson.databind.json.JsonMapper.shared().readTree(json));
        return form;
    }

    @Test
    @Says(
            "White space and other invisible characters at the ends of a value are removed, but a password stays as it is.")
    void trims() {
        String password = "  " + person.password() + " ";
        Answer registered = register(Guest.form(person)
                        .put("surname", " \u00a0\u200bSurname\u3164\t")
                        .put("patronymic", "  ")
                        .put("email", " " + person.email() + "\u00a0\n")
                        .put("number", "\u202a" + person.number() + "\u202c ")
                        .put("password", password))
                .expect(201);
        assertThat(registered.text("surname")).isEqualTo("Surname");
        assertThat(registered.text("patronymic")).isEmpty();
        assertThat(registered.text("email")).isEqualTo(person.email());
        assertThat(registered.text("number")).isEqualTo(person.number());
        stranger.post("auth/token/", person.credentials()).expect(401);
        stranger.post("auth/token/", person.credentials().replace(person.password(), password))
                .expect(200);
    }

    @Test
    @Says("A character is a Unicode code point.")
    void countsCodePoints() {
        String fits = "🙂".repeat(150);
        assertThat(register(Guest.form(person).put("surname", fits)).expect(201).text("surname"))
                .isEqualTo(fits);
        refused(register(Guest.form(Person.next()).put("surname", fits + "🙂")), 400, "surname:too-long");
        refused(register(Guest.form(Person.next()).put("password", "🙂".repeat(7))), 400, "password:too-short");
        register(Guest.form(Person.next()).put("password", "🙂🙃".repeat(4))).expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "01",
                "07",
                "09",
                "0a",
                "0d",
                "1b",
                "7f",
                "85",
                "2028",
                "2029", // control, line breaks
                "200e",
                "200f",
                "202a",
                "202e",
                "2066",
                "2069",
                "061c", // direction
                "ad",
                "200b",
                "2060",
                "feff",
                "fff9",
                "e0041", // invisible
                "e000",
                "ffff" // nothing
            })
    @Says(
            "Names and addresses are any printable text: no control characters, no line breaks, none that turn the reading"
                    + " direction, none that cannot be seen.")
    void refusesWhatCannotBePrinted(String codePoint) {
        String text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";
        for (String field : List.of("surname", "name", "patronymic", "address")) {
            Answer answer = register(Guest.form(person).put(field, text)).expect(400);
            if (!codePoint.equals("00")) {
                refused(answer, 400, field + ":unprintable");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"👩‍🚒", "नर्‍क", "می‌خواهم", "李 小龙", "❤️", "葛\uDB40\uDD00城", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"})
    @Says("Joiners, variation selectors and tags of flags are accepted where scripts and emoji need them.")
    void takesWhatScriptsNeed(String text) {
        assertThat(register(Guest.form(person).put("name", text)).expect(201).text("name"))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200d\u200c", "\u00a0\u3000", "\u3164", "\u2800", "\ufe0f", "\u115f", "\u034f"})
    @Says("A name of invisible characters alone is blank.")
    void refusesNamesThatCannotBeSeen(String name) {
        refused(register(Guest.form(person).put("name", name)), 400, "name:blank");
    }

    @Test
    @Says("Texts are stored in Unicode's composed form (NFC).")
    void composesTexts() {
        Answer registered = register(
                        Guest.form(person).put("name", "Ame\u0301lie").put("address", "И\u0306"))
                .expect(201);
        assertThat(registered.text("name")).isEqualTo("Am\u00e9lie");
        assertThat(registered.text("address")).isEqualTo("Й");
    }

    @Test
    @Says("An email is shown as it was typed and compared without case.")
    void comparesEmailsWithoutCase() {
        String typed = person.email().replace("person", "Person");
        assertThat(register(Guest.form(person).put("email", typed)).expect(201).text("email"))
                .isEqualTo(typed);
        refused(
                register(Guest.form(Person.next()).put("email", person.email().toUpperCase(java.util.Locale.ROOT))),
                409,
                "email:taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@127.0.0.1", "a@1.2", "a@[127.0.0.1]", "a@example.0x1"})
    @Says("Its domain must be a name, not a network address.")
    void refusesNetworkAddressesForDomains(String email) {
        refused(register(Guest.form(person).put("email", email)), 400, "email:bad-email");
    }

    @Test
    @Says(
            "The domain may be international: it is compared and mailed in ASCII (`xn--`), so both spellings are one email.")
    void readsBothSpellingsOfAnInternationalDomain() {
        String local = person.email().replaceFirst("@.*", "@");
        String ascii = local + "xn--e1afmkfd.xn--p1ai";
        assertThat(register(Guest.form(person).put("email", local + "Пример.рф"))
                        .expect(201)
                        .text("email"))
                .isEqualTo(local + "Пример.рф");
        refused(register(Guest.form(Person.next()).put("email", ascii)), 409, "email:taken");
        refused(register(Guest.form(Person.next()).put("email", local + "ПРИМЕР.РФ")), 409, "email:taken");
        Client user = stranger.signIn(new Person(person.surname(), ascii, person.number(), person.password()));
        assertThat(user.get("user/").expect(200).text("email")).isEqualTo(local + "Пример.рф");
        user.post("verify-email/").expect(200);
        String code = system.mails().awaitCode(ascii);
        user.post("accept-email/", "{\"code\":\"" + code + "\"}").expect(200);
        assertThat(user.get("user/").expect(200).json().get("confirmed_email").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+7 (%s) %s-%s", "tel:+7-%s-%s-%s", "＋7\u00a0%s\u00a0%s\u00a0%s", "+7.%s.%s.%s"})
    @Says("A number may be written with blanks, brackets, hyphens and dots, in full-width digits or as a `tel:` link.")
    void readsNumbersInAnyNotation(String notation) {
        String n = person.number();
        String typed = notation.formatted(n.substring(2, 5), n.substring(5, 8), n.substring(8));
        assertThat(register(Guest.form(person).put("number", typed)).expect(201).text("number"))
                .isEqualTo(n);
        refused(register(Guest.form(Person.next()).put("number", n)), 409, "number:taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4912", "+12530000", "+7996"})
    @Says("It is shown and compared as E.164, and must be a whole international number.")
    void refusesPartsOfNumbers(String number) {
        refused(register(Guest.form(person).put("number", number)), 400, "number:bad-number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "Password1", "qwertyuiop", "12345678"})
    @Says("A password that is one of the most common ones is refused.")
    void refusesCommonPasswords(String password) {
        refused(register(Guest.form(person).put("password", password)), 400, "password:common-password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"surname", "name", "patronymic", "address", "email", "number"})
    @Says("A password that repeats the email, the number, a name or the address is refused.")
    void refusesPasswordsThatRepeatOwnData(String field) {
        ObjectNode form = Guest.form(person);
        String own = field.equals("email") || field.equals("number")
                ? form.get(field).stringValue()
                : "Barclay Tolly";
        refused(register(form.put(field, own).put("password", own)), 400, "password:own-data-password");
    }

    @Test
    @Says("The number without its `+` counts as the number.")
    void refusesTheBareNumberForAPassword() {
        ObjectNode form = Guest.form(person).put("password", person.number().substring(1));
        refused(register(form), 400, "password:own-data-password");
    }

    @Test
    @Says("A password of blanks alone is refused.")
    void refusesBlankPasswords() {
        refused(register(Guest.form(person).put("password", "\u00a0".repeat(8))), 400, "password:blank");
        refused(
                register(Guest.form(person).put("patronymic", "").put("password", " ".repeat(8))),
                400,
                "password:blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "confirmed_email", "created_at", "role", "Surname", ""})
    @Says("Any other field is refused.")
    void refusesOtherFields(String field) {
        refused(register(Guest.form(person).put(field, "x")), 400, field + ":unknown");
    }

    @Test
    @Says("All bad fields are named at once, in a 400.")
    void namesAllBadFieldsAtOnce() {
        ObjectNode form = Guest.form(person)
                .put("surname", " ")
                .put("name", 1)
                .put("patronymic", "\u0007")
                .put("address", "x".repeat(501))
                .put("email", "nobody")
                .put("number", "5")
                .put("password", "short")
                .put("executor", "yes")
                .put("more", 1);
        Answer answer = register(form);
        assertThat(answer.expect(400).errors())
                .containsExactlyInAnyOrder(
                        "surname:blank",
                        "name:not-text",
                        "patronymic:unprintable",
                        "address:too-long",
                        "email:bad-email",
                        "number:bad-number",
                        "password:too-short",
                        "executor:not-boolean",
                        "more:unknown");
    }

    @ParameterizedTest
    @CsvSource({"email,", "number,", "email,number"})
    @Says("An email or number that somebody else has is a 409 that names the field.")
    void namesWhatIsTaken(String one, String other) {
        Guest first = Guest.of(system);
        ObjectNode form = Guest.form(person);
        List<String> taken = Stream.of(one, other).filter(f -> f != null).toList();
        taken.forEach(field -> form.set(field, Guest.form(first.person()).get(field)));
        Answer answer = register(form).expect(409);
        assertThat(answer.errors())
                .containsExactlyElementsOf(taken.stream().map(f -> f + ":taken").toList());
    }

    @Test
    @Says("A refused registration leaves nothing behind.")
    void leavesNothingBehindWhenRefused() {
        Guest first = Guest.of(system);
        refused(register(Guest.form(person).put("name", "")), 400, "name:blank");
        register(Guest.form(person).put("number", first.person().number())).expect(409);
        register(Guest.form(person).put("email", first.person().email())).expect(409);
        stranger.post("auth/token/", person.credentials()).expect(401);
        register(Guest.form(person)).expect(201);
    }

    private Answer register(ObjectNode form) {
        return stranger.post("auth/registration/", form.toString());
    }

    private static void refused(Answer answer, int status, String error) {
        assertThat(answer.expect(status).errors()).as(answer.body()).isEqualTo(Set.of(error));
    }
}
