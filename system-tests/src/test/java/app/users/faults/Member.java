package app.users.faults;

import app.users.faults.Command.Try;
import app.users.faults.History.Read;
import app.users.faults.Known.Former;
import app.users.faults.Requests.Answered;
import app.users.system.AccessToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One person of a client, whose state the client knows after each command. */
final class Member {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** As many as a user may get in a day, less one. */
    private static final int MOST_CODES = 9;

    /** Comparing a password costs much, so the judge tries the newest former ones only. */
    private static final int MOST_FORMER = 2;

    private final Requests requests;
    private final Random random;
    private final Addresses addresses;
    private final MailServer mails;
    private final Map<String, String> profile = new TreeMap<>();
    private final List<String> formerLogins = new ArrayList<>();
    private final List<String> formerPasswords = new ArrayList<>();
    private final Set<String> mailsBefore = new HashSet<>();
    private final long id;
    private String password;
    private String access = "";
    private String refresh = "";
    private long version = 1;
    private int asked;
    private int askedOfEmail;
    private boolean erased;

    Member(Requests requests, Random random, Addresses addresses, MailServer mails) {
        this.requests = requests;
        this.random = random;
        this.addresses = addresses;
        this.mails = mails;
        password = addresses.password();
        ProfileFields.TEXTS.forEach(field -> profile.put(field, text()));
        profile.put("email", addresses.email());
        profile.put("number", addresses.number());
        ObjectNode form = JSON.createObjectNode();
        profile.forEach(form::put);
        boolean executor = random.nextBoolean();
        form.put("password", password).put("executor", executor);
        profile.put("executor", String.valueOf(executor));
        profile.put("confirmed_email", "false");
        profile.put("confirmed_number", "false");
        Answered answered = requests.send("POST", "auth/registration/", form.toString(), null);
        id = answered.isOk() ? signIn() : 0;
        note("register", answered, answered.isOk(), "user.registered.v1");
        if (!answered.isOk()) {
            throw new IllegalStateException("the registration was refused: " + answered);
        }
    }

    boolean isErased() {
        return erased;
    }

    Known known() {
        return new Known(
                id, erased, Map.copyOf(profile), password, new Former(last(formerLogins), last(formerPasswords)));
    }

    private static List<String> last(List<String> all) {
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_FORMER), all.size()));
    }

    /** No six digits, which could be taken for a code in a mail. */
    private String text() {
        return "Ёлка d'Arc n" + random.nextInt(1_000_000_000);
    }

    private void note(String what, Answered answered, boolean done, String... events) {
        List<Try> tries = List.copyOf(answered.tries());
        requests.journal().add(new Command(what, id, List.of(events), tries, done));
        version = Math.max(version, done ? answered.version() : 0);
    }

    private String email() {
        return profile.getOrDefault("email", "");
    }

    /** Opens a session. Answers the id of the user. */
    private long signIn() {
        ObjectNode credentials = JSON.createObjectNode().put("email", email()).put("password", password);
        Answered answered = requests.send("POST", "auth/token/", credentials.toString(), null);
        if (!answered.isOk()) {
            note("sign in " + answered.answer().body(), answered, false);
            throw new IllegalStateException("a sign-in was refused: " + answered);
        }
        take(answered);
        return AccessToken.of(access).claims().required("sub").asLong();
    }

    private void take(Answered answered) {
        access = answered.answer().text("access");
        refresh = answered.answer().text("refresh");
    }

    /** Changes one to three things in one command. */
    void change() {
        ObjectNode body = JSON.createObjectNode();
        Set<String> events = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    body.put("email", addresses.email());
                    events.add("user.email-changed.v1");
                }
                case 1 -> {
                    body.put("number", addresses.number());
                    events.add("user.number-changed.v1");
                }
                case 2 -> {
                    body.put("password", addresses.password());
                    events.add("user.password-changed.v1");
                }
                case 3 -> {
                    body.put("executor", !Boolean.parseBoolean(profile.get("executor")));
                    events.add("user.executor-changed.v1");
                }
                default -> {
                    body.put(ProfileFields.TEXTS.get(random.nextInt(4)), text());
                    events.add("user.profile-changed.v1");
                }
            }
        }
        Answered answered = requests.send("PATCH", "user/", body.toString(), access);
        boolean done = answered.isOk() && answered.answer().json().path("error").isEmpty();
        note(
                "change " + body + " " + (done ? "" : answered.answer().body()),
                answered,
                done,
                events.toArray(String[]::new));
        if (done) {
            body.properties()
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
                formerLogins.add(email());
                addresses.freeEmail(email());
                profile.put("email", value);
                profile.put("confirmed_email", "false");
                askedOfEmail = 0;
            }
            case "number" -> {
                String former = profile.getOrDefault("number", "");
                formerLogins.add(former);
                addresses.freeNumber(former);
                profile.put("number", value);
            }
            default -> profile.put(field, value);
        }
    }

    /** Asks for a code, or takes the one that has come. */
    void confirm() {
        if (isConfirmed()) {
            return;
        }
        List<MailServer.Taken> arrived = mails.to(email()).stream()
                .filter(mail -> !mail.code().isEmpty() && !mailsBefore.contains(mail.event()))
                .toList();
        if (askedOfEmail == 1 && !arrived.isEmpty()) {
            accept(arrived.getFirst().code());
        } else if (askedOfEmail == 0 || random.nextInt(4) == 0) {
            ask();
        }
    }

    private boolean isConfirmed() {
        return Boolean.parseBoolean(profile.get("confirmed_email"));
    }

    private void ask() {
        if (asked >= MOST_CODES || !addresses.takeCode(email())) {
            return;
        }
        if (askedOfEmail == 0) {
            mails.to(email()).forEach(mail -> mailsBefore.add(mail.event()));
        }
        asked++;
        askedOfEmail++;
        Answered answered = requests.send("POST", "verify-email/", null, access);
        note("ask for a code", answered, answered.isOk(), "user.email-confirmation-requested.v1");
    }

    /** It takes no key: after a try without an answer, a refusal because it is confirmed already says that it is done. */
    private void accept(String code) {
        String body = JSON.createObjectNode().put("code", code).toString();
        Answered answered = requests.send("POST", "accept-email/", body, access);
        boolean done = answered.isOk()
                || answered.wasRepeated() && answered.answer().body().contains("already-confirmed");
        note("confirm the email " + answered.answer().body(), answered, done, "user.email-confirmed.v1");
        if (done) {
            profile.put("confirmed_email", "true");
        }
    }

    /** A refresh whose answer was lost can be repeated. */
    void refresh() {
        String body = JSON.createObjectNode().put("refresh", refresh).toString();
        Answered answered = requests.send("POST", "auth/token/refresh", body, null);
        note("refresh", answered, answered.isOk());
        if (answered.isOk()) {
            take(answered);
        }
    }

    /** After a try without an answer, a session that is over says that it is done. */
    void signOutAndIn() {
        Answered answered = requests.send("POST", "auth/token/revoke", null, access);
        boolean done =
                answered.isOk() || answered.wasRepeated() && answered.answer().status() == 401;
        note("sign out", answered, done, "user.session-ended.v2");
        if (done) {
            signIn();
        }
    }

    void read() {
        Answered answered =
                requests.send("GET", "user/", null, access, Map.of("Users-Min-Version", String.valueOf(version)));
        if (answered.isOk()) {
            Map<String, String> shown = ProfileFields.of(answered.answer().json());
            String request = answered.tries().getLast().request();
            requests.journal()
                    .add(new Read(
                            request,
                            id,
                            Map.copyOf(profile),
                            shown,
                            answered.answer().isBehind()));
        } else {
            note("read " + answered.answer().body(), answered, false);
        }
    }

    void leave() {
        Answered answered = requests.send("DELETE", "user/", null, access);
        note("leave", answered, answered.isOk(), "user.erased.v1");
        if (answered.isOk()) {
            erased = true;
            addresses.freeEmail(email());
            addresses.freeNumber(profile.getOrDefault("number", ""));
        }
    }
}
