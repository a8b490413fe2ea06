package app.users.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a client knows of one person after its last answered command.
 *
 * @param profile the fields of {@code GET user/}, each as text
 * @param password the present one, or the last one of an erased person
 * @param former emails and numbers that were this person's, and passwords
 */
record Known(long user, boolean erased, Map<String, String> profile, String password, Former former) {

    /**
     * What was given up and must open nothing any more.
     *
     * @param held confirmed emails that nobody else can take for some days, since their change can be undone
     */
    record Former(List<String> logins, List<String> passwords, List<String> held) {}

    /** An email or number with a password. */
    record Credentials(String login, String password) {}

    String email() {
        return profile.getOrDefault("email", "");
    }

    String number() {
        return profile.getOrDefault("number", "");
    }

    List<Credentials> present() {
        return List.of(new Credentials(email(), password), new Credentials(number(), password));
    }

    /** What must sign in. */
    List<Credentials> accepted() {
        return erased ? List.of() : present();
    }

    /** Former credentials that must not sign in, without those that are used again. */
    List<Credentials> refused() {
        if (erased) {
            return present();
        }
        List<Credentials> refused = new ArrayList<>();
        former.logins().stream()
                .filter(login -> !login.equals(email()) && !login.equals(number()))
                .forEach(login -> refused.add(new Credentials(login, password)));
        former.passwords().forEach(old -> refused.add(new Credentials(email(), old)));
        return refused;
    }
}
