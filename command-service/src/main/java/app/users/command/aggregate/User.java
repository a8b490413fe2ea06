package app.users.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import app.users.command.credentials.Credentials;
import app.users.command.keys.UserKeys;
import app.users.command.user.ChangeDecision;
import app.users.command.user.CodeDecision;
import app.users.command.user.CodeRequest;
import app.users.command.user.CodeRules;
import app.users.command.user.CodeRules.Asked;
import app.users.command.user.CodeRules.Granted;
import app.users.command.user.CodeRules.Tried;
import app.users.command.user.CodeRules.Wrong;
import app.users.command.user.Decision;
import app.users.command.user.ErasureDecision;
import app.users.command.user.Field;
import app.users.command.user.FieldResults;
import app.users.command.user.FormerEmails;
import app.users.command.user.FormerEmails.Undo;
import app.users.command.user.NoticeDecision;
import app.users.command.user.NoticeDecision.Writing;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Success;
import app.users.command.user.RegistrationDecision;
import app.users.command.user.Reply;
import app.users.command.user.SessionDecision;
import app.users.command.user.UndoDecision;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.EndAllSessions;
import app.users.command.user.UserCommand.EndSession;
import app.users.command.user.UserCommand.EraseUnused;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.user.UserCommand.SignOut;
import app.users.command.user.UserCommand.UndoEmailChange;
import app.users.command.user.UserState;
import app.users.command.value.Identifier;
import app.users.command.value.TextMessages;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.SessionEnded.Reason;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The user as Axon runs it: loads the state, does what a decision needs of the database in the transaction of the command, and
 * applies the events that were decided.
 */
@Aggregate(type = "User", cache = "recentUsers", snapshotTriggerDefinition = "userSnapshots")
class User {

    @AggregateIdentifier
    private @Nullable String id;

    private UserState state = UserState.NONE;

    User() {}

    /** As it was when a snapshot was taken. */
    User(UserState state) {
        id = Long.toString(state.id());
        this.state = state;
    }

    UserState state() {
        return state;
    }

    @CommandHandler
    User(RegisterUser c, Claims claims, Credentials credentials, UserKeys keys, CodeRules rules, CodeTally tally) {
        long user = Long.parseLong(c.id());
        RegistrationDecision.check(claims.takeAll(RegistrationDecision.identifiers(c), user));
        keys.create(user);
        credentials.create(user, c.passwordHash());
        Optional<Granted> code = Optional.ofNullable(c.confirmation())
                .map(asked -> ask(asked, user, RegistrationDecision.email(c), rules, tally))
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast);
        RegistrationDecision.events(c, code).forEach(event -> apply(event));
    }

    @CommandHandler
    Reply<FieldResults> change(
            ChangeProfile c, Claims claims, Credentials credentials, AddressChanges changes, Notices notices) {
        ChangeDecision change = new ChangeDecision(state, c);
        return change.refusal()
                .or(() -> change.movesAddress() ? change.tooMany(changes.count(state.id(), c.now())) : Optional.empty())
                .map(this::reply)
                .orElseGet(() -> reply(
                        change.decide(lost(change, claims, credentials, notices.undoUntil(c.now()))),
                        notices.writing(c.language(), c.undo(), c.now()),
                        notices,
                        c.now()));
    }

    /** Takes what the change needs; what others were faster with is lost. */
    private Set<Field> lost(ChangeDecision change, Claims claims, Credentials credentials, Instant holdUntil) {
        Set<Field> lost = EnumSet.noneOf(Field.class);
        change.emailMove()
                .filter(move -> !claims.move(move, state.id(), holdUntil))
                .ifPresent(_ -> lost.add(Field.EMAIL));
        change.numberMove()
                .filter(move -> !claims.move(move, state.id(), holdUntil))
                .ifPresent(_ -> lost.add(Field.NUMBER));
        change.password()
                .filter(to -> !credentials.replace(state.id(), to.epoch(), to.hash(), state.epoch() + 1, to.session()))
                .ifPresent(_ -> lost.add(Field.PASSWORD));
        return lost;
    }

    @CommandHandler
    Reply<CodeRequest> request(RequestCode c, CodeRules rules, CodeTally tally, ResetCodes resets, TextMessages texts) {
        Decision<CodeRequest> decision = CodeDecision.settled(state, c, texts)
                .orElseGet(
                        () -> CodeDecision.request(state, c, ask(c, state.id(), address(c.purpose()), rules, tally)));
        decision.events().forEach(event -> {
            if (event instanceof PasswordResetRequested e) {
                String code = rules.codes().derive(e.purpose(), e.user(), e.address(), e.request());
                resets.keep(e.user(), e.request(), code, e.expires(), c.known());
            }
        });
        return reply(decision);
    }

    private Identifier address(Purpose purpose) {
        return state.address(purpose).orElseGet(state::email);
    }

    /** A code that is granted is counted. */
    private static Asked ask(RequestCode c, long user, Identifier address, CodeRules rules, CodeTally tally) {
        Asked asked = rules.ask(tally.sent(c, user, address), c.now());
        if (asked instanceof Granted) {
            tally.countSent(c, user, address);
        }
        return asked;
    }

    @CommandHandler
    Reply<Done> give(
            GiveCode c, CodeRules rules, CodeTally tally, ResetCodes resets, Credentials credentials, Notices notices) {
        Decision<Done> decision =
                CodeDecision.settled(state, c).orElseGet(() -> CodeDecision.give(state, c, tried(c, rules, tally)));
        if (!(c.use() instanceof ResetPassword reset) || !(decision.outcome() instanceof Success)) {
            return reply(decision);
        }
        credentials.reset(state.id(), reset.hash(), state.epoch() + 1);
        resets.forget(state.id());
        return reply(decision, new Writing(reset.language()), notices, c.now());
    }

    /** A wrong code is counted. */
    private Tried tried(GiveCode c, CodeRules rules, CodeTally tally) {
        Purpose purpose = c.use().purpose();
        Identifier address = address(purpose);
        Tried tried = rules.tried(
                state.proof(purpose),
                purpose,
                state.id(),
                c.code(),
                tally.wrong(purpose, state.id(), address, c.now()),
                c.now());
        if (tried instanceof Wrong) {
            tally.countWrong(purpose, state.id(), address, c.now());
        }
        return tried;
    }

    @CommandHandler
    long end(EndSession c, Credentials credentials) {
        boolean ended = !state.erased() && credentials.endSession(state.id(), c.session(), c.reason() == Reason.REUSED);
        SessionDecision.end(state, c, ended).ifPresent(event -> apply(event));
        return state.version();
    }

    @CommandHandler
    long end(SignOut c, Credentials credentials) {
        return end(new EndSession(c.id(), c.session(), Reason.SIGNED_OUT), credentials);
    }

    @CommandHandler
    long end(EndAllSessions c, Credentials credentials) {
        SessionDecision.endAll(state).ifPresent(ended -> {
            credentials.endSessions(state.id(), ended.epoch());
            apply(ended);
        });
        return state.version();
    }

    @CommandHandler
    Reply<Done> undo(UndoEmailChange c, CodeRules rules, Claims claims, Credentials credentials, Notices notices) {
        Optional<Undo> undo =
                UndoDecision.undo(state, c, rules.codes()).filter(found -> restored(found, claims, c.now()));
        Decision<Done> decision = UndoDecision.decide(state, undo);
        if (undo.isPresent()) {
            credentials.replaceByNone(state.id(), state.epoch() + 1);
        }
        return reply(decision, new Writing(c.language()), notices, c.now());
    }

    private boolean restored(Undo undo, Claims claims, Instant now) {
        return UndoDecision.move(state, undo)
                .map(move -> claims.move(move, state.id(), now.plus(FormerEmails.LONGEST)))
                .orElse(true);
    }

    @CommandHandler
    Reply<Done> erase(EraseUser c, Erasure erasure) {
        return reply(ErasureDecision.refusal(state, c).orElseGet(() -> {
            erasure.erase(state.id(), c.receipt(), c.now());
            return ErasureDecision.decide(state);
        }));
    }

    @CommandHandler
    Reply<Done> erase(EraseUnused c, Erasure erasure, Credentials credentials) {
        return reply(
                ErasureDecision.refusal(state, credentials.isUnused(state.id())).orElseGet(() -> {
                    erasure.erase(state.id(), c.receipt(), c.now());
                    return ErasureDecision.decide(state);
                }));
    }

    /** Also tells the last confirmed address, unless it had enough notices. One with a token is always sent. */
    private <T> Reply<T> reply(Decision<T> decision, Writing writing, Notices notices, Instant now) {
        Optional<NoticeRequested> notice = NoticeDecision.notice(state, decision.events(), writing)
                .filter(due -> due.undo() != null || notices.count(state.id(), Identifier.ofEmail(due.email()), now));
        decision.events().forEach(event -> apply(event));
        notice.ifPresent(event -> apply(event));
        return new Reply<>(state.version(), decision.outcome());
    }

    private <T> Reply<T> reply(Decision<T> decision) {
        decision.events().forEach(event -> apply(event));
        return new Reply<>(state.version(), decision.outcome());
    }

    /** Versions count from one, Axon's sequence from zero. */
    @EventSourcingHandler
    void on(UserEvent event, @SequenceNumber long sequence) {
        id = Long.toString(event.user());
        state = state.after(event, sequence + 1);
    }
}
