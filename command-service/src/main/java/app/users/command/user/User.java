package app.users.command.user;

import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import app.users.command.store.UserKeys;
import app.users.command.token.Credentials;
import app.users.command.token.EndAllSessions;
import app.users.command.token.EndSession;
import app.users.command.user.Claims.Kind;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.ConfirmEmail;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestEmailConfirmation;
import app.users.events.Change;
import app.users.events.ConfirmationCode;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionsEnded;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One person here: decides what a command may change, and remembers only what later decisions need. */
@Aggregate(type = "User", cache = "recentUsers")
class User {

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
    private EmailConfirmation confirmation = EmailConfirmation.none();

    User() {}

    @CommandHandler
    User(RegisterUser c, Claims claims, Credentials credentials, UserKeys keys) {
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
    }

    @CommandHandler
    Outcome change(ChangeProfile c, Claims claims, Credentials credentials) {
        if (erased) {
            return new Outcome.Gone();
        }
        if (isStale(c.expectedVersion())) {
            return new Outcome.Stale(version());
        }
        Map<String, String> rejected = new LinkedHashMap<>();
        changeText(c);
        changeEmail(c.email(), claims, rejected);
        changeNumber(c.number(), claims, rejected);
        if (c.password() != null) {
            if (credentials.replace(
                    user(),
                    c.password().verifiedHash(),
                    c.password().hash(),
                    epoch + 1,
                    c.password().session())) {
                apply(new PasswordChanged(user(), epoch + 1, c.password().session()));
            } else {
                rejected.put("password", "conflict");
            }
        }
        if (c.executor() != null && c.executor() != executor) {
            apply(new ExecutorChanged(user(), executor, c.executor()));
        }
        return new Outcome.Changed(version(), List.of(), rejected);
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

    private static @Nullable Change change(String from, @Nullable String to) {
        return to == null || to.equals(from) ? null : new Change(from, to);
    }

    private void changeEmail(@Nullable String to, Claims claims, Map<String, String> rejected) {
        if (to == null || to.equals(email)) {
            return;
        }
        if (!to.equalsIgnoreCase(email)) {
            if (!claims.take(Kind.EMAIL, claimed(to), user())) {
                rejected.put("email", "taken");
                return;
            }
            claims.release(Kind.EMAIL, claimed(email), user());
        }
        apply(new EmailChanged(user(), email, to));
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
    Outcome request(RequestEmailConfirmation c, AddressCounts counts) {
        if (erased) {
            return new Outcome.Gone();
        }
        if (confirmation.confirmed()) {
            return new Outcome.AlreadyConfirmed(version());
        }
        Duration wait = counts.countMail(claimed(email), c.now());
        if (wait.isPositive()) {
            return new Outcome.TooMany(version(), "too-many-codes", wait);
        }
        apply(new EmailConfirmationRequested(
                user(),
                c.request(),
                email,
                name,
                c.language(),
                c.now().plus(EmailConfirmation.VALID_FOR),
                c.now().plus(AddressCounts.COOL_DOWN)));
        return new Outcome.Done(version());
    }

    @CommandHandler
    Outcome confirm(ConfirmEmail c, AddressCounts counts, ConfirmationCode codes) {
        if (erased) {
            return new Outcome.Gone();
        }
        Duration wait = counts.failuresLeft(claimed(email), c.now());
        if (wait.isPositive()) {
            return new Outcome.TooMany(version(), "too-many-tries", wait);
        }
        if (!confirmation.accepts(c.now())) {
            return new Outcome.Refused(version(), "no-code");
        }
        String request = Objects.requireNonNull(confirmation.request());
        if (!codes.matches(c.code(), EMAIL, user(), email, request)) {
            counts.countFailure(claimed(email), c.now());
            apply(new EmailConfirmationFailed(user(), request));
            return new Outcome.Refused(version(), "wrong-code");
        }
        apply(new EmailConfirmed(user(), request, email));
        return new Outcome.Done(version());
    }

    @CommandHandler
    long end(EndSession c, Credentials credentials) {
        if (!erased && credentials.endSession(user(), c.session())) {
            apply(new SessionEnded(user(), c.session()));
        }
        return version();
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
        if (isStale(c.expectedVersion())) {
            return new Outcome.Stale(version());
        }
        erasure.erase(user(), c.receipt(), c.now());
        apply(new UserErased(user()));
        return new Outcome.Done(version());
    }

    private boolean isStale(@Nullable Long expected) {
        return expected != null && expected != shown;
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
        confirmation = e.onlyCase() && confirmation.confirmed() ? confirmation : EmailConfirmation.none();
        email = e.to();
    }

    @EventSourcingHandler
    void on(NumberChanged e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        number = e.to();
    }

    @EventSourcingHandler
    void on(PasswordChanged e) {
        epoch = e.epoch();
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
        confirmation = EmailConfirmation.requested(e.request(), e.expires());
    }

    @EventSourcingHandler
    void on(EmailConfirmationFailed e) {
        confirmation = confirmation.failedOnce();
    }

    @EventSourcingHandler
    void on(EmailConfirmed e, @SequenceNumber long sequence) {
        shown = sequence + 1;
        confirmation = EmailConfirmation.done();
    }

    @EventSourcingHandler
    void on(UserErased e) {
        erased = true;
    }
}
