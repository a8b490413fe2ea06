package app.users.command.user;

import app.users.command.value.Identifier;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.EmailLost;
import app.users.events.UserEvent.NoticeRequested;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What still counts of a user's earlier emails.
 *
 * @param confirmed the last email that was confirmed, as it was typed; it can be the present one; null if there is none
 * @param changed whether the email from the registration was ever changed, or lost to another user
 * @param undos the changes that can be undone, the oldest first, at most {@value #MAX_UNDOS}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FormerEmails(@Nullable String confirmed, boolean changed, List<Undo> undos) {

    /**
     * A change of the email that can be undone.
     *
     * @param request the id that the token is derived from
     * @param email the confirmed email that the undo restores
     * @param until when the token expires
     */
    public record Undo(String request, String email, Instant until) {}

    static final FormerEmails NONE = new FormerEmails(null, false, List.of());

    /** No undo is possible for longer. */
    public static final Duration LONGEST = Duration.ofDays(90);

    /** The oldest ones stay, since the first owner must win over whoever came later. */
    static final int MAX_UNDOS = 50;

    public FormerEmails {
        undos = List.copyOf(undos);
    }

    Optional<String> lastConfirmed() {
        return Optional.ofNullable(confirmed);
    }

    /** Whether a change can be undone that left this email. */
    boolean restores(Identifier email) {
        return first(undo -> Identifier.ofEmail(undo.email()).equals(email)) < undos.size();
    }

    /** What is left after an undo. */
    FormerEmails before(Undo undo) {
        return new FormerEmails(confirmed, changed, undos.subList(0, undos.indexOf(undo)));
    }

    /** The place of the first such undo, or their number if there is none. */
    private int first(Predicate<Undo> wanted) {
        int place = 0;
        while (place < undos.size() && !wanted.test(undos.get(place))) {
            place++;
        }
        return place;
    }

    FormerEmails after(UserEvent event) {
        return switch (event) {
            case EmailChanged e -> afterChange(e);
            case EmailConfirmed e -> new FormerEmails(e.email(), changed, earlierThan(e));
            case NoticeRequested e
            when e.undo() != null && confirmed != null ->
                new FormerEmails(confirmed, changed, with(e.undo(), confirmed, Objects.requireNonNull(e.undoUntil())));
            case EmailLost e -> without(Identifier.ofEmail(e.email()));
            default -> this;
        };
    }

    /** Another user has confirmed this email: it gets no notices, resets no password and is not restored. */
    private FormerEmails without(Identifier email) {
        boolean wasConfirmed =
                confirmed != null && Identifier.ofEmail(confirmed).equals(email);
        List<Undo> others = undos.stream()
                .filter(undo -> !Identifier.ofEmail(undo.email()).equals(email))
                .toList();
        return new FormerEmails(wasConfirmed ? null : confirmed, true, others);
    }

    private FormerEmails afterChange(EmailChanged e) {
        if (!e.onlySpelling()) {
            return new FormerEmails(confirmed, true, undos);
        }
        boolean isConfirmed = confirmed != null && Identifier.ofEmail(confirmed).equals(Identifier.ofEmail(e.from()));
        return new FormerEmails(isConfirmed ? e.to() : confirmed, changed, undos);
    }

    /**
     * An undo removes itself and all later undos. A code that confirms an email removes the first undo that restores this email and
     * all later ones: the owner of the email needs none, and later owners must not get the account again.
     */
    private List<Undo> earlierThan(EmailConfirmed e) {
        Identifier email = Identifier.ofEmail(e.email());
        int used = first(undo -> undo.request().equals(e.request()));
        int restored = first(undo -> Identifier.ofEmail(undo.email()).equals(email));
        return undos.subList(0, Math.min(used, restored));
    }

    /** When there are too many, the oldest makes room if it has expired for certain. */
    private List<Undo> with(String request, String email, Instant until) {
        List<Undo> more = new ArrayList<>(undos);
        if (more.size() == MAX_UNDOS && more.getFirst().until().isBefore(until.minus(LONGEST))) {
            more.removeFirst();
        }
        if (more.size() < MAX_UNDOS) {
            more.add(new Undo(request, email, until));
        }
        return more;
    }
}
