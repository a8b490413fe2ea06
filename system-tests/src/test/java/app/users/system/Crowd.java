package app.users.system;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** People who do what people do; chance decides who, and what becomes of it. */
final class Crowd {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TEXTS = List.of("surname", "name", "patronymic", "address");
    private static final List<String> WORDS =
            List.of("Anna", "d'Arc", "Ёлка \"7\"", "Łódź", "小林", "👩‍🚀", "x y", "<b>", "O\\'Neil", "ß");

    private final RunningSystem system;
    private final Client stranger;
    private final Random random;
    private final Map<Long, Member> living = new TreeMap<>();
    private final List<Long> everybody = new ArrayList<>();
    private final List<String> freeEmails = new ArrayList<>();
    private final List<String> freeNumbers = new ArrayList<>();
    private int count;

    Crowd(RunningSystem system, Random random) {
        this.system = system;
        stranger = system.client();
        this.random = random;
    }

    /** What there is to do, each thing as often as it is done. */
    List<Runnable> acts() {
        return Stream.of(
                        nCopies(8, (Runnable) this::register),
                        nCopies(60, (Runnable) () -> anybody().change(1)),
                        nCopies(60, (Runnable) () -> anybody().change(2 + random.nextInt(6))),
                        nCopies(20, (Runnable) () -> anybody().changeCaseOfEmail()),
                        nCopies(20, (Runnable) () -> anybody().switchExecutor()),
                        nCopies(6, (Runnable) () -> anybody().confirmEmail()),
                        nCopies(6, (Runnable) () -> anybody().confirmNumber()),
                        nCopies(4, (Runnable) () -> anybody().giveWrongCode()),
                        nCopies(8, (Runnable) () -> anybody().changePassword()),
                        nCopies(8, (Runnable) () -> anybody().signOutAndIn("auth/token/revoke")),
                        nCopies(4, (Runnable) () -> anybody().signOutAndIn("auth/token/revoke-all")),
                        nCopies(8, (Runnable) () -> anybody().leave()))
                .flatMap(Collection::stream)
                .toList();
    }

    void register() {
        Member member = new Member();
        living.put(member.id, member);
        everybody.add(member.id);
    }

    /** Who is there, by id. */
    Map<Long, Client> living() {
        Map<Long, Client> clients = new TreeMap<>();
        living.forEach((id, member) -> clients.put(id, member.client));
        return clients;
    }

    /** The id of somebody who is or was there. */
    long somebody() {
        return everybody.get(random.nextInt(everybody.size()));
    }

    /** Lets each of them say one thing more. */
    void haveTheLastWord() {
        living.values().forEach(member -> member.patch(body().put("address", text())));
    }

    private Member anybody() {
        return List.copyOf(living.values()).get(random.nextInt(living.size()));
    }

    private String text() {
        return WORDS.get(random.nextInt(WORDS.size())) + " " + ++count;
    }

    /** Often one that somebody else has given up. A confirmed one stays theirs for some days after a change. */
    private String email() {
        return freeEmails.isEmpty() || random.nextBoolean()
                ? "Person" + ++count + "@example.org"
                : freeEmails.remove(random.nextInt(freeEmails.size()));
    }

    private String number() {
        return freeNumbers.isEmpty() || random.nextBoolean()
                ? "+7996%07d".formatted(++count)
                : freeNumbers.remove(random.nextInt(freeNumbers.size()));
    }

    private String password() {
        return "correct horse " + ++count;
    }

    private static ObjectNode body() {
        return JSON.createObjectNode();
    }

    /** One of them, and all that is needed to be them. */
    private final class Member {

        private final long id;
        private String email = email();
        private String number = number();
        private String password = password();
        private boolean confirmedEmail;
        private boolean executor = random.nextBoolean();
        private Client client;

        Member() {
            ObjectNode form = body().put("email", email)
                    .put("number", number)
                    .put("password", password)
                    .put("executor", executor);
            TEXTS.forEach(field -> form.put(field, text()));
            stranger.post("auth/registration/", form.toString()).expect(201);
            client = signedIn();
            id = AccessToken.of(String.valueOf(client.authorization()).replace("Bearer ", ""))
                    .claims()
                    .required("sub")
                    .asLong();
        }

        private Client signedIn() {
            String credentials =
                    body().put("email", email).put("password", password).toString();
            return stranger.with(
                    "Bearer",
                    stranger.post("auth/token/", credentials).expect(200).text("access"));
        }

        private void patch(ObjectNode change) {
            client.patch("user/", change.toString()).expect(200);
        }

        void change(int fields) {
            ObjectNode change = body();
            for (int i = 0; i < fields; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> changeEmail(change);
                    case 1 -> changeNumber(change);
                    case 2 -> change.putNull(TEXTS.get(2 + random.nextInt(2)));
                    case 3 -> change.put("executor", random.nextBoolean());
                    default -> change.put(TEXTS.get(random.nextInt(TEXTS.size())), text());
                }
            }
            executor = change.path("executor").asBoolean(executor);
            patch(change);
        }

        private void changeEmail(ObjectNode change) {
            if (!change.has("email")) {
                String former = email;
                email = email();
                if (!confirmedEmail) {
                    freeEmails.add(former);
                }
                confirmedEmail = false;
                change.put("email", email);
            }
        }

        private void changeNumber(ObjectNode change) {
            if (!change.has("number")) {
                String former = number;
                number = number();
                freeNumbers.add(former);
                change.put("number", number);
            }
        }

        void changeCaseOfEmail() {
            char first = email.charAt(0);
            email = (first == 'P' ? 'p' : 'P') + email.substring(1);
            patch(body().put("email", email));
        }

        void switchExecutor() {
            executor = !executor;
            patch(body().put("executor", executor));
        }

        void confirmEmail() {
            ObjectNode change = body();
            changeEmail(change);
            patch(change);
            accept("email", request("email", email), 200);
            confirmedEmail = true;
        }

        void confirmNumber() {
            ObjectNode change = body();
            changeNumber(change);
            patch(change);
            accept("number", request("number", number), 200);
        }

        void giveWrongCode() {
            ObjectNode change = body();
            changeEmail(change);
            patch(change);
            int right = Integer.parseInt(request("email", email));
            accept("email", "%06d".formatted((right + 1) % 1_000_000), 400);
        }

        private String request(String what, String address) {
            int known = system.mails().codes(address).size();
            client.post("verify-" + what + "/").expect(200);
            return system.mails().awaitCode(address, known);
        }

        private void accept(String what, String code, int status) {
            client.post("accept-" + what + "/", body().put("code", code).toString())
                    .expect(status);
        }

        void changePassword() {
            password = password();
            patch(body().put("password", password));
        }

        void signOutAndIn(String way) {
            client.post(way).expect(200);
            client = signedIn();
        }

        void leave() {
            client.delete("user/").expect(200);
            assertThat(living.remove(id)).isSameAs(this);
            freeEmails.add(email);
            freeNumbers.add(number);
        }
    }
}
