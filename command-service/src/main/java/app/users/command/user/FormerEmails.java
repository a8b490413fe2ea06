package app.users.command.user;

import app.users.command.value.Identifier;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.NoticeRequested;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What still counts of a user's earlier emails.
 *
 * @param confirmed the last email that was confirmed, as it was typed; it can be the present one; null if there is none
 * @param changed whether the email from the registration was ever changed
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

    /** The oldest ones stay: an owner who was the victim must win over one who took the account after that. */
    static final int MAX_UNDOS = 10;

    public FormerEmails {
        undos = List.copyOf(undos);
    }

    Optional<String> lastConfirmed() {
        return Optional.ofNullable(confirmed);
    }

    Optional<Undo> undo(String request) {
        return undos.stream().filter(undo -> undo.request().equals(request)).findFirst();
    }

    FormerEmails after(UserEvent event) {
        return switch (event) {
            case EmailChanged e -> afterChange(e);
            case EmailConfirmed e -> new FormerEmails(e.email(), changed, earlierThan(e.request()));
            case NoticeRequested e
            when e.undo() != null && confirmed != null ->
                new FormerEmails(confirmed, changed, with(e.undo(), confirmed, Objects.requireNonNull(e.undoUntil())));
            default -> this;
        };
    }

    private FormerEmails afterChange(EmailChanged e) {
        if (!e.onlySpelling()) {
            return new FormerEmails(confirmed, true, undos);
        }
        boolean isConfirmed = confirmed != null && Identifier.ofEmail(confirmed).equals(Identifier.ofEmail(e.from()));
        return new FormerEmails(isConfirmed ? e.to() : confirmed, changed, undos);
    }

    /** An undo ends itself and all later ones: their emails came after the one that it restores. */
    private List<Undo> earlierThan(String request) {
        List<String> requests = undos.stream().map(Undo::request).toList();
        int undone = requests.indexOf(request);
        return undone < 0 ? undos : undos.subList(0, undone);
    }

    private List<Undo> with(String request, String email, Instant until) {
        List<Undo> more = new ArrayList<>(undos);
        more.add(new Undo(request, email, until));
        return more.size() > MAX_UNDOS ? undos : more;
    }
}
