package app.users.command.user;

import app.users.command.user.Outcome.Rule;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import app.users.command.value.Text;
import app.users.events.Change;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.PasswordChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to a profile. The database is asked in between, only for what really changes: the claims that move and
 * the password that is replaced.
 */
public final class ChangeDecision {

    /**
     * One claim is given back for another.
     *
     * @param held whether nobody else may take the former one for some days, since the change can be undone
     */
    public record ClaimMove(Identifier from, Identifier to, boolean held) {}

    private final UserState state;
    private final ChangeProfile command;

    public ChangeDecision(UserState state, ChangeProfile command) {
        this.state = state;
        this.command = command;
    }

    /** The refusal of the whole command: the user is erased or the precondition fails. Otherwise empty. */
    public Optional<Decision<FieldResults>> refusal() {
        return CodeDecision.<FieldResults>gone(state).or(() -> stale(state, command.precondition()));
    }

    static <T> Optional<Decision<T>> stale(UserState state, Precondition precondition) {
        return precondition.holds(state.shown()) ? Optional.empty() : Optional.of(Decision.refused(Rule.STALE));
    }

    /** The claims that move. */
    public List<ClaimMove> moves() {
        return Stream.of(emailMove(), numberMove()).flatMap(Optional::stream).toList();
    }

    /** The claim of the email that moves. Another spelling of the same address needs none. */
    Optional<ClaimMove> emailMove() {
        return changed(Field.EMAIL)
                .map(Identifier::ofEmail)
                .filter(to -> !to.equals(state.email()))
                .map(to -> new ClaimMove(state.email(), to, isHeld(state)));
    }

    /** An email that an undo restores is held even if it is unconfirmed now; otherwise another user could take it and block the undo. */
    private static boolean isHeld(UserState state) {
        return state.profile().confirmedEmail() || state.formerEmails().restores(state.email());
    }

    /** The claim of the number that moves. */
    Optional<ClaimMove> numberMove() {
        return changed(Field.NUMBER).map(Identifier::ofNumber).map(to -> new ClaimMove(state.number(), to, false));
    }

    public boolean movesAddress() {
        return !moves().isEmpty();
    }

    /** The refusal of the whole command, if the user has to wait before the next change of the email or the number. */
    public Optional<Decision<FieldResults>> tooMany(Duration wait) {
        return wait.isPositive()
                ? Optional.of(new Decision<>(List.of(), new Outcome.Refusal<>(Rule.TOO_MANY_CHANGES, wait)))
                : Optional.empty();
    }

    /** The password to replace: not one that repeats the profile as it was before this change. */
    public Optional<NewPassword> password() {
        return Optional.ofNullable(command.password())
                .filter(to -> !OwnData.of(state.profile()).has(to.password()));
    }

    /**
     * The events of the change.
     *
     * @param claimed what became of the email and the number
     * @param passwordReplaced whether the password was; not if its epoch was over
     */
    public Decision<FieldResults> decide(Claimed claimed, boolean passwordReplaced) {
        Set<Field> lost = lost(claimed, passwordReplaced);
        List<UserEvent> events = new ArrayList<>();
        Map<Field, Change> changes = changes();
        if (!changes.isEmpty()) {
            events.add(Field.changed(state.id(), changes));
        }
        String email = state.profile().email();
        won(Field.EMAIL, lost)
                .map(to -> new EmailChanged(
                        state.id(),
                        email,
                        to,
                        Identifier.ofEmail(to).equals(state.email()),
                        pending(claimed, Kind.EMAIL)))
                .ifPresent(events::add);
        won(Field.NUMBER, lost)
                .map(to -> new NumberChanged(state.id(), state.profile().number(), to, pending(claimed, Kind.NUMBER)))
                .ifPresent(events::add);
        password()
                .filter(_ -> !lost.contains(Field.PASSWORD))
                .map(to -> new PasswordChanged(state.id(), state.epoch() + 1, to.session()))
                .ifPresent(events::add);
        Boolean executor = command.executor();
        if (executor != null && executor != state.profile().executor()) {
            events.add(new ExecutorChanged(state.id(), state.profile().executor(), executor));
        }
        return new Decision<>(events, new Outcome.Success<>(new FieldResults(unchanged(), refused(lost))));
    }

    private Set<Field> lost(Claimed claimed, boolean passwordReplaced) {
        Set<Field> lost = EnumSet.noneOf(Field.class);
        claimed.taken().forEach(kind -> lost.add(Field.of(kind)));
        if (password().isPresent() && !passwordReplaced) {
            lost.add(Field.PASSWORD);
        }
        return lost;
    }

    private static @Nullable Boolean pending(Claimed claimed, Kind kind) {
        return claimed.isPending(kind) ? true : null;
    }

    private Optional<String> changed(Field field) {
        return Optional.ofNullable(command.texts().get(field))
                .filter(to -> !Optional.of(to).equals(field.in(state.profile())));
    }

    private Optional<String> won(Field field, Set<Field> lost) {
        return changed(field).filter(_ -> !lost.contains(field));
    }

    /** What was stored by an earlier version may be in another form of Unicode. */
    private Map<Field, Change> changes() {
        Map<Field, Change> changes = new EnumMap<>(Field.class);
        for (Field field : Field.SELF_DESCRIBED) {
            String from = field.in(state.profile()).orElse("");
            String to = command.texts().get(field);
            if (to != null && !to.equals(Text.trimmed(from))) {
                changes.put(field, new Change(from, to));
            }
        }
        return changes;
    }

    private Set<Field> unchanged() {
        Set<Field> unchanged = EnumSet.noneOf(Field.class);
        command.invalid().forEach((field, sent) -> {
            if (field.in(state.profile()).equals(Optional.of(sent))) {
                unchanged.add(field);
            }
        });
        return unchanged;
    }

    private Map<Field, String> refused(Set<Field> lost) {
        Map<Field, String> refused = new EnumMap<>(Field.class);
        lost.forEach(field -> refused.put(field, field == Field.PASSWORD ? "conflict" : "taken"));
        if (command.password() != null && password().isEmpty()) {
            refused.put(Field.PASSWORD, Rule.OWN_DATA_PASSWORD.code());
        }
        return refused;
    }
}
