package app.users.notification.letters;

import app.users.events.ConfirmationCode;
import app.users.events.ConfirmationCode.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes what a person reads, the code derived at the last moment. */
public final class Letters {

    private final Templates templates;
    private final ConfirmationCode codes;
    private final Clock clock;

    Letters(Templates templates, ConfirmationCode codes, Clock clock) {
        this.templates = templates;
        this.codes = codes;
        this.clock = clock;
    }

    public Letter write(Mail mail) {
        Map<String, String> values = new HashMap<>();
        values.put("name", Greeting.of(mail.name()));
        if (mail.hasCode()) {
            values.put("code", codes.derive(purpose(mail), mail.user(), mail.to(), mail.request()));
            values.put("minutes", Long.toString(minutesLeft(mail)));
        }
        Set<String> conditions = new HashSet<>();
        mail.changed().forEach(changed -> conditions.add(TemplateKind.condition(changed)));
        if (mail.undo() != null) {
            values.put("undo", codes.undoToken(mail.user(), mail.undo()));
            conditions.add(Template.UNDO);
        }
        return templates.of(TemplateKind.of(mail), mail.language()).fill(values, conditions);
    }

    private long minutesLeft(Mail mail) {
        Duration left = Duration.between(clock.instant(), mail.expires());
        return Math.max(1, Math.round(left.toSeconds() / 60.0));
    }

    private static Purpose purpose(Mail mail) {
        return switch (mail.kind()) {
            case EMAIL -> Purpose.EMAIL;
            case NUMBER -> Purpose.NUMBER;
            case PASSWORD -> Purpose.PASSWORD;
            case NOTICE -> throw new IllegalArgumentException("a notice has no code");
        };
    }
}
