package app.users.notification.letters;

import app.users.events.MailState.Kind;
import java.util.Set;

/** What its files are called, and what has to be in them. */
enum TemplateKind {
    EMAIL("confirm-email", Set.of("code"), Set.of("name", "code", "minutes")),
    NUMBER("confirm-number", Set.of("code"), Set.of("name", "code", "minutes")),
    PASSWORD("reset-password", Set.of("code"), Set.of("name", "code", "minutes")),
    NOTICE("notice", Set.of(), Set.of("name", "undo"));

    final String file;
    final Set<String> needed;
    final Set<String> allowed;

    TemplateKind(String file, Set<String> needed, Set<String> allowed) {
        this.file = file;
        this.needed = needed;
        this.allowed = allowed;
    }

    static TemplateKind of(Kind kind) {
        return valueOf(kind.name());
    }

    /** Text messages are text and nothing else. */
    boolean isLetter() {
        return this != NUMBER;
    }
}
