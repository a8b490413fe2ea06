package app.users.command.user;

import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static app.users.events.ConfirmationCode.Purpose.NUMBER;
import static app.users.events.ConfirmationCode.Purpose.PASSWORD;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import app.users.command.store.UserKeys;
import app.users.command.token.Credentials;
import app.users.command.token.EndAllSessions;
import app.users.command.token.EndSession;
import app.users.command.token.SignOut;
import app.users.command.user.Claims.Kind;
import app.users.command.user.Confirmations.Granted;
import app.users.command.user.Confirmations.Refused;
import app.users.command.user.Confirmations.Right;
import app.users.command.user.Confirmations.TooMany;
import app.users.command.user.Confirmations.Tried;
import app.users.command.user.Confirmations.Wrong;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.ConfirmNumber;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.NewPassword;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestEmailConfirmation;
import app.users.command.user.UserCommand.RequestNumberConfirmation;
import app.users.command.user.UserCommand.RequestPasswordReset;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.value.Email;
import app.users.command.value.Text;
import app.users.events.Change;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmationFailed;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetFailed;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One person here: decides what a command may change, and remembers only what later decisions need. */
@Aggregate(type = "User", cache = "recentUsers")
class User {

    static final String OWN_DATA_PASSWORD = "own-data-password";

    @AggregateIdentifier
    private @Nullable String id;

    private String surname = "";
    private String name = "";
    private String patronymic = "";
    private String address = "";
    private String email = "";
    private String number = "";
    private boolean executor;
    private long epoch;

    /** The version that an entity tag names: of the last event that changed what a reader sees. */
    private long shown;

    private boolean erased;
    private Confirmation emailConfirmation = Confirmation.none();
    private Confirmation numberConfirmation = Confirmation.none();
    private Confirmation passwordReset = Confirmation.none();

    User() {}

    @CommandHandler
    User(RegisterUser c, Claims claims, Credentials credentials, UserKeys keys, Confirmations confirmations) {
        long user = Long.parseLong(c.id());
        List<String> taken = new ArrayList<>();
        if (!claims.take(Kind.EMAIL, claimed(c.email()), user)) {
            taken.add("email");
        }
        if (!claims.take(Kind.NUMBER, c.number(), user)) {
            taken.add("number");
        }
        if (!taken.isEmpty()) {
            throw new TakenClaims(taken);
        }
        keys.create(user);
        credentials.create(user, c.passwordHash());
        apply(new UserRegistered(
                user, c.surname(), c.name(), c.patronymic(), c.address(), c.email(), c.number(), c.executor()));
        RequestEmailConfirmation asked = c.confirmation();
        if (asked != null
                && confirmations.ask(EMAIL, user, claimed(c.email()), asked.now()) instanceof Granted granted) {
            apply(requested(asked, user, c.email(), c.name(), granted));
        }
    }

    @CommandHandler
    Outcome change(ChangeProfile c, Claims claims, Credentials credentials, Notices notices) {
        if (erased) {
            return new Outcome.Gone();
        }
        if (!c.precondition().holds(shown)) {
            return new Outcome.Stale(version());
        }
        List<String> unchanged = unchanged(c.refused());
        Map<String, String> rejected = new LinkedHashMap<>();
        String formerName = name;
        String formerEmail = email;
        String formerNumber = number;
        long formerEpoch = epoch;
        OwnData own = ownData();
        changeText(c);
        changeEmail(c.email(), claims, rejected);
        changeNumber(c.number(), claims, rejected);
        changePassword(c.password(), own, credentials, rejected);
        if (c.executor() != null && c.executor() != executor) {
            apply(new ExecutorChanged(user(), executor, c.executor()));
        }
        List<String> told = new ArrayList<>();
        if (!claimed(email).equals(claimed(formerEmail))) {
            told.add("email");
        }
        if (!number.equals(formerNumber)) {
            told.add("number");
        }
        if (epoch != formerEpoch) {
            told.add("password");
        }
        if (!told.isEmpty() && notices.count(claimed(formerEmail), c.now())) {
            apply(new NoticeRequested(user(), told, Email.mailed(formerEmail), formerName, c.language()));
        }
        return new Outcome.Changed(version(), unchanged, rejected);
    }

    private void changeText(ChangeProfile c) {
        var changed = new ProfileChanged(
                user(),
                change(surname, c.surname()),
                change(name, c.name()),
                change(patronymic, c.patronymic()),
                change(address, c.address()));
        if (changed.surname() != null
                || changed.name() != null
                || changed.patronymic() != null
                || changed.address() != null) {
            apply(changed);
        }
    }

    /** What was stored by an earlier version may be in another form of Unicode. */
    private static @Nullable Change change(String from, @Nullable String to) {
        return to == null || to.equals(Text.trimmed(from)) ? null : new Change(from, to);
    }

    private void changePassword(
            @Nullable NewPassword to, OwnData own, Credentials credentials, Map<String, String> rejected) {
        if (to == null) {
            return;
        }
        if (own.has(to.password())) {
            rejected.put("password", OWN_DATA_PASSWORD);
        } else if (credentials.replace(user(), to.epoch(), to.hash(), epoch + 1, to.session())) {
            apply(new PasswordChanged(user(), epoch + 1, to.session()));
        } else {
            rejected.put("password", "conflict");
        }
    }

    /** The fields that hold the value already, by a rule of an earlier version. */
    private List<String> unchanged(Map<Field, String> refused) {
        return refused.entrySet().stream()
                .filter(sent -> sent.getValue().equals(stored(sent.getKey())))
                .map(sent -> sent.getKey().json())
                .toList();
    }

    private String stored(Field field) {
        return switch (field) {
            case SURNAME -> surname;
            case NAME -> name;
            case PATRONYMIC -> patronymic;
            case ADDRESS -> address;
            case EMAIL -> email;
            case NUMBER -> number;
            case PASSWORD, EXECUTOR -> throw new IllegalArgumentException("not a text of the profile: " + field);
        };
    }

    private OwnData ownData() {
        return new OwnData(List.of(surname, name, patronymic, address), email, number);
    }

    private void changeEmail(@Nullable String to, Claims claims, Map<String, String> rejected) {
        if (to == null || to.equals(email)) {
            return;
        }
        boolean respelled = claimed(to).equals(claimed(email));
        if (!respelled) {
            if (!claims.take(Kind.EMAIL, claimed(to), user())) {
                rejected.put("email", "taken");
                return;
            }
            claims.release(Kind.EMAIL, claimed(email), user());
        }
        apply(new EmailChanged(user(), email, to, respelled));
    }

    private void changeNumber(@Nullable String to, Claims claims, Map<String, String> rejected) {
        if (to == null || to.equals(number)) {
            return;
        }
        if (!claims.take(Kind.NUMBER, to, user())) {
            rejected.put("number", "taken");
            return;
        }
        claims.release(Kind.NUMBER, number, user());
        apply(new NumberChanged(user(), number, to));
    }

    @CommandHandler
    Outcome request(RequestEmailConfirmation c, Confirmations confirmations) {
        return request(
                emailConfirmation,
                EMAIL,
                claimed(email),
                confirmations,
                c.now(),
                granted -> requested(c, user(), email, name, granted));
    }

    private static EmailConfirmationRequested requested(
            RequestEmailConfirmation c, long user, String email, String name, Granted granted) {
        return new EmailConfirmationRequested(
                user, c.request(), Email.mailed(email), name, c.language(), granted.expires(), granted.next());
    }

    @CommandHandler
    Outcome request(RequestNumberConfirmation c, Confirmations confirmations) {
        return request(
                numberConfirmation,
                NUMBER,
                number,
                confirmations,
                c.now(),
                granted -> new NumberConfirmationRequested(
                        user(), c.request(), number, name, c.language(), granted.expires(), granted.next()));
    }

    private Outcome request(
            Confirmation state,
            Purpose purpose,
            String address,
            Confirmations confirmations,
            Instant now,
            Function<Granted, UserEvent> requested) {
        if (erased) {
            return new Outcome.Gone();
        }
        if (state.confirmed()) {
            return new Outcome.AlreadyConfirmed(version());
        }
        return switch (confirmations.ask(purpose, user(), address, now)) {
            case Granted granted -> {
                apply(requested.apply(granted));
                yield new Outcome.Done(version());
            }
            case TooMany many -> new Outcome.TooMany(version(), many.code(), many.retryAfter());
        };
    }

    @CommandHandler
    Outcome confirm(ConfirmEmail c, Confirmations confirmations) {
        if (erased) {
            return new Outcome.Gone();
        }
        String request = String.valueOf(emailConfirmation.request());
        return outcome(
                confirmations.tryCode(emailConfirmation, EMAIL, user(), claimed(email), c.code(), c.now()),
                new EmailConfirmed(user(), request, email),
                new EmailConfirmationFailed(user(), request));
    }

    @CommandHandler
    Outcome confirm(ConfirmNumber c, Confirmations confirmations) {
        if (erased) {
            return new Outcome.Gone();
        }
        String request = String.valueOf(numberConfirmation.request());
        return outcome(
                confirmations.tryCode(numberConfirmation, NUMBER, user(), number, c.code(), c.now()),
                new NumberConfirmed(user(), request, number),
                new NumberConfirmationFailed(user(), request));
    }

    /** A wrong code is an answer, not an exception: it is refused and recorded in one. */
    private Outcome outcome(Tried tried, UserEvent confirmed, UserEvent failed) {
        return switch (tried) {
            case Right right -> {
                apply(confirmed);
                yield new Outcome.Done(version());
            }
            case Wrong wrong -> {
                apply(failed);
                yield new Outcome.Refused(version(), "wrong-code");
            }
            case Refused refused -> new Outcome.Refused(version(), refused.code());
            case TooMany many -> new Outcome.TooMany(version(), many.code(), many.retryAfter());
        };
    }

    @CommandHandler
    Outcome request(RequestPasswordReset c, Confirmations confirmations) {
        return request(
                passwordReset,
                PASSWORD,
                claimed(email),
                confirmations,
                c.now(),
                granted -> new PasswordResetRequested(
                        user(), c.request(), Email.mailed(email), name, c.language(), granted.expires()));
    }

    @CommandHandler
    Outcome reset(ResetPassword c, Confirmations confirmations, Credentials credentials, Notices notices) {
        if (erased) {
            return new Outcome.Gone();
        }
        String request = String.valueOf(passwordReset.request());
        Tried tried = confirmations.tryCode(passwordReset, PASSWORD, user(), claimed(email), c.code(), c.now());
        if (tried instanceof Right && ownData().has(c.password())) {
            return new Outcome.Refused(version(), OWN_DATA_PASSWORD); // the code stays good for another password
        }
        Outcome outcome =
                outcome(tried, new PasswordChanged(user(), epoch + 1, null), new PasswordResetFailed(user(), request));
        if (outcome instanceof Outcome.Done) {
            credentials.reset(user(), c.passwordHash(), epoch);
            if (notices.count(claimed(email), c.now())) {
                apply(new NoticeRequested(user(), List.of("password"), Email.mailed(email), name, c.language()));
            }
        }
        return outcome;
    }

    @CommandHandler
    long end(EndSession c, Credentials credentials) {
        if (!erased && credentials.endSession(user(), c.session(), c.reason() == Reason.REUSED)) {
            apply(new SessionEnded(user(), c.session(), c.reason()));
        }
        return version();
    }

    @CommandHandler
    long end(SignOut c, Credentials credentials) {
        return end(new EndSession(c.id(), c.session(), Reason.SIGNED_OUT), credentials);
    }

    @CommandHandler
    long end(EndAllSessions c, Credentials credentials) {
        if (!erased) {
            credentials.endSessions(user(), epoch + 1);
            apply(new SessionsEnded(user(), epoch + 1, null));
        }
        return version();
    }

    @CommandHandler
    Outcome erase(EraseUser c, Erasure erasure) {
        if (erased) {
            return new Outcome.Gone();
        }
        if (!c.precondition().holds(shown)) {
            return new Outcome.Stale(version());
        }
        erasure.erase(user(), c.receipt(), c.now());
        apply(new UserErased(user()));
        return new Outcome.Done(version());
    }

    private long user() {
        return Long.parseLong(Objects.requireNonNull(id));
    }

    /** Versions count from one, Axon's sequence from zero. */
    private long version() {
        return getVersion() + 1;
    }

    private static String claimed(String email) {
        return Email.claimed(email);
    }

    @EventSourcingHandler
    void on(UserRegistered e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        id = Long.toString(e.user());
        surname = e.surname();
        name = e.name();
        patronymic = e.patronymic();
        address = e.address();
        email = e.email();
        number = e.number();
        executor = e.executor();
    }

    @EventSourcingHandler
    void on(ProfileChanged e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        surname = e.surname() == null ? surname : e.surname().to();
        name = e.name() == null ? name : e.name().to();
        patronymic = e.patronymic() == null ? patronymic : e.patronymic().to();
        address = e.address() == null ? address : e.address().to();
    }

    @EventSourcingHandler
    void on(EmailChanged e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        emailConfirmation = e.onlySpelling() ? emailConfirmation : Confirmation.none();
        passwordReset = e.onlySpelling() ? passwordReset : Confirmation.none();
        email = e.to();
    }

    @EventSourcingHandler
    void on(NumberChanged e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        numberConfirmation = Confirmation.none();
        number = e.to();
    }

    @EventSourcingHandler
    void on(PasswordChanged e) {
        epoch = e.epoch();
        passwordReset = Confirmation.none();
    }

    @EventSourcingHandler
    void on(SessionsEnded e) {
        epoch = e.epoch();
    }

    @EventSourcingHandler
    void on(ExecutorChanged e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        executor = e.to();
    }

    @EventSourcingHandler
    void on(EmailConfirmationRequested e) {
        emailConfirmation = Confirmation.requested(e.request(), e.email(), e.expires());
    }

    @EventSourcingHandler
    void on(EmailConfirmationFailed e) {
        emailConfirmation = emailConfirmation.failedOnce();
    }

    @EventSourcingHandler
    void on(EmailConfirmed e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        emailConfirmation = Confirmation.done();
    }

    @EventSourcingHandler
    void on(NumberConfirmationRequested e) {
        numberConfirmation = Confirmation.requested(e.request(), e.number(), e.expires());
    }

    @EventSourcingHandler
    void on(NumberConfirmationFailed e) {
        numberConfirmation = numberConfirmation.failedOnce();
    }

    @EventSourcingHandler
    void on(NumberConfirmed e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        numberConfirmation = Confirmation.done();
    }

    @EventSourcingHandler
    void on(PasswordResetRequested e) {
        passwordReset = Confirmation.requested(e.request(), e.email(), e.expires());
    }

    @EventSourcingHandler
    void on(PasswordResetFailed e) {
        passwordReset = passwordReset.failedOnce();
    }

    @EventSourcingHandler
    void on(UserErased e) {
        erased = true;
    }
}
