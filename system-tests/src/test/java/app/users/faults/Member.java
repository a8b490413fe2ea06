package app.users.faults;

import app.users.faults.Command.Try;
import app.users.faults.History.Read;
import app.users.faults.Known.Former;
import app.users.faults.Requests.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One person of a client, whose state the client knows after each command. */
final class Member {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Comparing a password costs much, so the judge tries the newest former ones only. */
    private static final int MOST_FORMER = 2;

    private final Requests requests;
    private final Random random;
    private final Addresses addresses;
    private final Codes codes;
    private final Map<String, String> profile = new TreeMap<>();
    private final List<String> formerLogins = new ArrayList<>();
    private final List<String> formerPasswords = new ArrayList<>();
    private final List<String> heldEmails = new ArrayList<>();
    private final long id;
    private String password;
    private Session session;
    private long version = 1;
    private boolean erased;

    /** Registers and signs in. */
    Member(Requests requests, Random random, Addresses addresses, MailServer mails) {
        this.requests = requests;
        this.random = random;
        this.addresses = addresses;
        codes = new Codes(random, addresses, mails);
        password = addresses.password();
        boolean executor = random.nextBoolean();
        ProfileFields.TEXTS.forEach(field -> profile.put(field, addresses.text()));
        profile.put("email", addresses.email());
        profile.put("number", addresses.number());
        ObjectNode form = JSON.createObjectNode().put("password", password).put("executor", executor);
        profile.forEach(form::put);
        profile.put("executor", String.valueOf(executor));
        profile.put("confirmed_email", "false");
        profile.put("confirmed_number", "false");
        Answered answered = requests.send("POST", "auth/registration/", form.toString(), null);
        session = signIn();
        id = session.user();
        note("register", answered, answered.isOk(), "user.registered.v1");
    }

    boolean isErased() {
        return erased;
    }

    Known known() {
        Former former = new Former(newest(formerLogins), newest(formerPasswords), List.copyOf(heldEmails));
        return new Known(id, erased, Map.copyOf(profile), password, former);
    }

    private static List<String> newest(List<String> all) {
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_FORMER), all.size()));
    }

    private String get(String field) {
        return profile.getOrDefault(field, "");
    }

    private void note(String what, Answered answered, boolean done, String... events) {
        List<Try> tries = List.copyOf(answered.tries());
        requests.journal().add(new Command(what, id, List.of(events), tries, done));
        version = Math.max(version, done ? answered.version() : 0);
    }

    /** Without a session the client can do nothing more, so it ends here if that is refused. */
    private Session signIn() {
        Answered answered = requests.send("POST", "auth/token/", Session.credentials(get("email"), password), null);
        return Session.of(answered.answer().expect(200));
    }

    void change() {
        Change change = Change.byChance(random, addresses, Boolean.parseBoolean(get("executor")));
        Answered answered = requests.send("PATCH", "user/", change.body().toString(), session.access());
        boolean done = answered.isOk() && answered.answer().json().path("error").isEmpty();
        String refusal = done ? "" : answered.answer().body();
        note(
                "change " + change.body() + refusal,
                answered,
                done,
                change.events().toArray(String[]::new));
        if (done) {
            change.body()
                    .properties()
                    .forEach(field -> changed(field.getKey(), field.getValue().asString("")));
        }
    }

    private void changed(String field, String value) {
        switch (field) {
            case "password" -> {
                formerPasswords.add(password);
                password = value;
            }
            case "email" -> {
                formerLogins.add(get("email"));
                if (Boolean.parseBoolean(get("confirmed_email"))) {
                    heldEmails.add(get("email"));
                } else {
                    addresses.freeEmail(get("email"));
                }
                profile.put("email", value);
                profile.put("confirmed_email", "false");
                codes.forget();
            }
            case "number" -> {
                formerLogins.add(get("number"));
                addresses.freeNumber(get("number"));
                profile.put("number", value);
            }
            default -> profile.put(field, value);
        }
    }

    /** Asks for a code, or gives the one that has come. */
    void confirm() {
        if (Boolean.parseBoolean(get("confirmed_email"))) {
            return;
        }
        String code = codes.arrived(get("email"));
        if (!code.isEmpty()) {
            accept(code);
        } else if (codes.mayAsk(get("email"))) {
            Answered answered = requests.send("POST", "verify-email/", null, session.access());
            note("ask for a code", answered, answered.isOk(), "user.email-confirmation-requested.v1");
        }
    }

    /** It takes no key: after a try without an answer, a refusal because it is confirmed already says that it is done. */
    private void accept(String code) {
        String body = JSON.createObjectNode().put("code", code).toString();
        Answered answered = requests.send("POST", "accept-email/", body, session.access());
        boolean done = answered.isOk()
                || answered.wasRepeated() && answered.answer().body().contains("already-confirmed");
        note("confirm the email " + answered.answer().body(), answered, done, "user.email-confirmed.v1");
        if (done) {
            profile.put("confirmed_email", "true");
        }
    }

    /** A refresh whose answer was lost can be repeated. */
    void refresh() {
        Answered answered = requests.send("POST", "auth/token/refresh", session.refreshing(), null);
        note("refresh", answered, answered.isOk());
        if (answered.isOk()) {
            session = Session.of(answered.answer());
        }
    }

    /** After a try without an answer, a session that is over says that it is done. */
    void signOutAndIn() {
        Answered answered = requests.send("POST", "auth/token/revoke", null, session.access());
        boolean done =
                answered.isOk() || answered.wasRepeated() && answered.answer().status() == 401;
        note("sign out", answered, done, "user.session-ended.v2");
        if (done) {
            session = signIn();
        }
    }

    void read() {
        Map<String, String> newest = Map.of("Users-Min-Version", String.valueOf(version));
        requests.read("user/", session.access(), newest).ifPresent(this::noteRead);
    }

    private void noteRead(Answered answered) {
        if (answered.isOk()) {
            Map<String, String> shown = ProfileFields.of(answered.answer().json());
            String request = answered.tries().getLast().request();
            boolean warned = answered.answer().isBehind();
            requests.journal().add(new Read(request, id, Map.copyOf(profile), shown, warned));
        } else {
            note("read " + answered.answer().body(), answered, false);
        }
    }

    void leave() {
        Answered answered = requests.send("DELETE", "user/", null, session.access());
        note("leave", answered, answered.isOk(), "user.erased.v1");
        if (answered.isOk()) {
            erased = true;
            addresses.freeEmail(get("email"));
            addresses.freeNumber(get("number"));
        }
    }
}
