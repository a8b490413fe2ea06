package app.users.notification.letters;

import app.users.events.MailState.Kind;
import java.util.Set;

/** What its files are called, and what has to be in them. */
enum TemplateKind {
    EMAIL("confirm-email", Set.of("code"), Set.of("name", "code", "minutes"), Set.of()),
    NUMBER("confirm-number", Set.of("code"), Set.of("name", "code", "minutes"), Set.of()),
    PASSWORD("reset-password", Set.of("code"), Set.of("name", "code", "minutes"), Set.of()),
    NOTICE("notice", Set.of(), Set.of("name", "undo"), Set.of("email", "number", "password")),
    LOST("lost", Set.of(), Set.of("name"), Set.of("email", "number"));

    /** Ends what a notice tells of if another user has confirmed it. */
    private static final String LOST_SUFFIX = "-lost";

    final String file;
    final Set<String> needed;
    final Set<String> allowed;

    /** What a line can be about that begins with it in brackets; each needs a line. */
    final Set<String> conditions;

    TemplateKind(String file, Set<String> needed, Set<String> allowed, Set<String> conditions) {
        this.file = file;
        this.needed = needed;
        this.allowed = allowed;
        this.conditions = conditions;
    }

    static TemplateKind of(Mail mail) {
        boolean lost =
                mail.kind() == Kind.NOTICE && mail.changed().stream().anyMatch(what -> what.endsWith(LOST_SUFFIX));
        return lost ? LOST : valueOf(mail.kind().name());
    }

    /** @param changed as a notice tells it */
    static String condition(String changed) {
        return changed.replace(LOST_SUFFIX, "");
    }

    /** Text messages are text and nothing else. */
    boolean isLetter() {
        return this != NUMBER;
    }
}
